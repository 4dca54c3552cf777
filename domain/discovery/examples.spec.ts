/** Examples that the specifications of the policies share; there is no test in here. */
import { expect } from "vitest";
import type { HostCommand } from "../host/index.ts";
import { toPointer } from "./issue.ts";
import type { AgentMemory, Policy } from "./policy.ts";

export const agentId = "779cdd70-e9e2-58ca-b18a-bf3eb3f71244";

/** An agent that has told nothing yet. */
export const noMemory: AgentMemory = {
  now: "2026-01-01T00:00:00.000Z",
  sapRunning: false,
  clusterId: null,
  movable: [],
  instances: [],
};

/** What JSON text holds; unlike a literal, it can have a key `__proto__`. */
export const json = (text: string): unknown => JSON.parse(text);

type DataByType = { [Type in HostCommand["type"]]: Extract<HostCommand, { type: Type }>["data"] };

/** The data of the one command of `type` that a valid payload becomes. */
export function commandData<Type extends HostCommand["type"]>(
  type: Type,
  policy: Policy,
  payload: unknown,
  sapRunning = false,
): DataByType[Type] {
  const result = policy(agentId, payload, { ...noMemory, sapRunning });
  expect(result).toMatchObject({ ok: true, commands: [{ type }] });
  const [command] = result.ok ? result.commands : [];
  // What is stored and read again must be the same: nothing undefined, no prototypes, no dates.
  expect(JSON.parse(JSON.stringify(command))).toStrictEqual(command);
  return command?.data as DataByType[Type];
}

/** The messages about an invalid payload, by pointer. */
export function complaints(policy: Policy, payload: unknown): Record<string, string> {
  const result = policy(agentId, payload, noMemory);
  if (result.ok) throw new Error("the payload is valid");
  return Object.fromEntries(result.issues.map(({ path, message }) => [toPointer(path), message]));
}

/** The messages about what a valid payload was read without, by pointer. */
export function droppedFrom(policy: Policy, payload: unknown): Record<string, string> {
  const result = policy(agentId, payload, noMemory);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return Object.fromEntries((result.dropped ?? []).map(({ path, message }) => [toPointer(path), message]));
}

export const blank = "can't be blank";
export const invalid = "is invalid";

/** A host's payload with all that it may hold. */
export const hostPayload = {
  hostname: "suse",
  fully_qualified_domain_name: "suse.example.com",
  ip_addresses: ["10.1.1.4", "10.1.1.5"],
  netmasks: [16, 24],
  agent_version: "2.1.0",
  cpu_count: 2,
  total_memory_mb: 4096,
  socket_count: 1,
  os_version: "15-SP2",
  arch: "x86_64",
  installation_source: "SUSE",
  prometheus_targets: { node_exporter: "10.1.1.4:9100" },
  prometheus_mode: "push",
  systemd_units: [{ name: "pacemaker.service", unit_file_state: "enabled" }],
  last_boot_timestamp: "2024-06-10T12:34:56Z",
};

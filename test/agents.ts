/** How integration tests play agents: discoveries and heartbeats, straight to the objects. */
import { env } from "cloudflare:workers";
import type { DiscoveryType } from "../domain/discovery/envelope.ts";
import type { IntakeOutcome } from "../durable-objects/agent/intake.ts";
import { hostStub } from "../durable-objects/host.ts";

export const hostPayload = {
  hostname: "vmhdbprd01",
  ip_addresses: ["10.80.1.11"],
  netmasks: [24],
  agent_version: "3.0.0",
  cpu_count: 4,
  total_memory_mb: 32_768,
  socket_count: 1,
  os_version: "15-SP6",
};

export const cloudPayload = { Provider: "kvm", Metadata: null };

export const subscriptionPayload = [
  { identifier: "SLES_SAP", arch: "x86_64", version: "15.6", status: "Registered" },
];

export const saptunePayload = { saptune_installed: false, package_version: "", status: null };

export const sapPayload = [{ Id: "a", SID: "PRD", Type: 1, Instances: [{ Name: "HDB00" }] }];

async function digest(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toString(
    "base64",
  );
}

export class TestAgent {
  readonly id = crypto.randomUUID();
  readonly object = env.AGENT.getByName(this.id);

  async collect(type: DiscoveryType, payload: unknown): Promise<IntakeOutcome> {
    const body = this.body(type, payload);
    return this.object.collect({
      agentId: this.id,
      type,
      body,
      hash: await digest(body),
      correlationId: "c",
    });
  }

  async holds(type: DiscoveryType, payload: unknown): Promise<boolean> {
    return this.object.holds(type, await digest(this.body(type, payload)));
  }

  body(discovery_type: DiscoveryType, payload: unknown): string {
    return JSON.stringify({ agent_id: this.id, discovery_type, payload });
  }

  /** Types of the events of this agent's host, in order. */
  async events(): Promise<string[]> {
    return (await hostStub(env, this.id).readEvents(1)).map(({ type }) => type);
  }

  async hostState() {
    return (await hostStub(env, this.id).stateAt({ version: Number.MAX_SAFE_INTEGER })).state;
  }

  async states(): Promise<Record<string, string>> {
    const { latest } = await this.object.discoveries();
    return Object.fromEntries(latest.map(({ type, state }) => [type, state]));
  }
}

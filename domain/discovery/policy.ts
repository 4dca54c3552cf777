/** A policy turns one discovery of one agent into commands. */
import type { HostCommand } from "../host/index.ts";
import type { Issue } from "./issue.ts";

/** What an agent's earlier discoveries told, as far as another policy needs it. */
export interface AgentMemory {
  /** Whether the agent's last SAP discovery named any application or database instance. */
  readonly sapRunning: boolean;
}

export type PolicyResult =
  | { readonly ok: true; readonly commands: readonly HostCommand[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export type Policy = (agentId: string, payload: unknown, memory: AgentMemory) => PolicyResult;

export function commands(...list: HostCommand[]): PolicyResult {
  return { ok: true, commands: list };
}

export function invalid(issues: readonly Issue[]): PolicyResult {
  return { ok: false, issues };
}

/** A policy turns one discovery of one agent into commands. */
import type { ClusterCommand } from "../cluster/index.ts";
import type { DatabaseCommand } from "../database/index.ts";
import type { Command } from "../decider.ts";
import type { HostCommand } from "../host/index.ts";
import type { DiscoveredInstance, MarkApplicationInstanceAbsent } from "../sap-system/commands.ts";
import type { Issue } from "./issue.ts";

/** An instance that an agent registered, present or not. */
export interface RememberedInstance {
  readonly kind: "application" | "database";
  /** Id of the SAP system or database that it is part of. */
  readonly aggregateId: string;
  readonly instanceNumber: string;
}

/** What an agent's earlier discoveries told, as far as another policy needs it. */
export interface AgentMemory {
  /** ISO 8601 in UTC: when what is noticed now happened. */
  readonly now: string;
  /** Whether any instance of the host belongs to a database or system that is registered. */
  readonly sapRunning: boolean;
  /** The cluster that the host is a member of. */
  readonly clusterId: string | null;
  /** Instances that the host's cluster moves, as `<sid>/<instance number>`. */
  readonly movable: readonly string[];
  readonly instances: readonly RememberedInstance[];
}

/** An application instance before it is known which database its tenant is in. */
export type DiscoverApplicationInstance = Command<"DiscoverApplicationInstance", DiscoveredInstance>;

export type DiscoveredCommand =
  | HostCommand
  | ClusterCommand
  | DatabaseCommand
  | MarkApplicationInstanceAbsent
  | DiscoverApplicationInstance;

export type PolicyResult =
  | {
      readonly ok: true;
      readonly commands: readonly DiscoveredCommand[];
      /** Addresses of the host that no command tells, as IPv6 ones: others may know its database by them. */
      readonly addresses?: readonly string[];
      /** What of the payload was wrong and is not needed; left out where there is none. */
      readonly dropped?: readonly Issue[];
    }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export type Policy = (agentId: string, payload: unknown, memory: AgentMemory) => PolicyResult;

export function commands(...list: DiscoveredCommand[]): Extract<PolicyResult, { ok: true }> {
  return { ok: true, commands: list };
}

/** As `commands`, without what was wrong in the payload. */
export function commandsWithout(
  dropped: readonly Issue[],
  ...list: DiscoveredCommand[]
): Extract<PolicyResult, { ok: true }> {
  return dropped.length === 0 ? commands(...list) : { ...commands(...list), dropped };
}

export function invalid(issues: readonly Issue[]): PolicyResult {
  return { ok: false, issues };
}

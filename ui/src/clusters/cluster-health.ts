/** How good it is, what a cluster says of its parts. */
import type { HanaStatus, SbdDevice } from "../../../domain/cluster/details.ts";
import type { Health } from "../../../domain/health.ts";

const hanaStatuses: Readonly<Record<HanaStatus, Health>> = {
  Primary: "passing",
  Secondary: "passing",
  Failed: "critical",
  Unknown: "unknown",
};

export function healthOfHana(status: HanaStatus): Health {
  return hanaStatuses[status];
}

/** What somebody told a node to do is no failure, but it does not carry the load either. */
const nodeStatuses: ReadonlyMap<string, Health> = new Map([
  ["Online", "passing"],
  ["Standby", "warning"],
  ["Maintenance", "warning"],
  ["Pending", "warning"],
  ["Shutdown", "warning"],
  ["Standby on fail", "critical"],
  ["Unclean", "critical"],
  ["Offline", "critical"],
]);

export function healthOfNode(status: string): Health {
  return nodeStatuses.get(status) ?? "unknown";
}

const resourceStatuses: ReadonlyMap<string, Health> = new Map([
  ["Active", "passing"],
  ["Blocked", "critical"],
  ["Failed", "critical"],
  ["FailureIgnored", "warning"],
  ["Orphaned", "warning"],
]);

export function healthOfResource(status: string): Health {
  return resourceStatuses.get(status) ?? "unknown";
}

const syncStates: ReadonlyMap<string, Health> = new Map([
  ["SOK", "passing"],
  ["PRIM", "passing"],
  ["SFAIL", "critical"],
  ["SWAIT", "warning"],
]);

export function healthOfSync(state: string): Health {
  return syncStates.get(state) ?? "unknown";
}

/** Anything but the best is critical to the health of the cluster, too. */
const replicationStates: ReadonlyMap<string, Health> = new Map([
  ["0", "critical"],
  ["1", "critical"],
  ["2", "critical"],
  ["3", "critical"],
  ["4", "passing"],
]);

export function healthOfReplication(state: string): Health {
  return replicationStates.get(state) ?? "unknown";
}

export function healthOfDevice({ status }: SbdDevice): Health {
  return status === "healthy" ? "passing" : "critical";
}

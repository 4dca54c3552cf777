/** What a cluster answers to a command. */
import { accept, type Decision, refuse } from "../decider.ts";
import type {
  ClusterCommand,
  ClusterRefusal,
  DeregisterClusterHost,
  MarkClusterHostStale,
} from "./commands.ts";
import { decideRegistration } from "./decide-registration.ts";
import type { ClusterEvent } from "./events.ts";
import { evolveCluster } from "./evolve.ts";
import { clusterHealth } from "./health.ts";
import type { ClusterAggregate } from "./state.ts";

/** Rule 9. A host that is no member needs no removal. */
function removal({ data }: DeregisterClusterHost, state: ClusterAggregate): ClusterEvent[] {
  const { cluster_id, host_id, deregistered_at } = data;
  if (!state.hosts.includes(host_id)) return [];
  const removed: ClusterEvent = { type: "HostRemovedFromCluster", data: { cluster_id, host_id } };
  if (state.hosts.length === 1) {
    return [
      removed,
      { type: "ClusterDeregistered", data: { cluster_id, deregistered_at } },
      { type: "ClusterTombstoned", data: { cluster_id } },
    ];
  }
  const wasOnlyStale = state.stale_hosts.length === 1 && state.stale_hosts.includes(host_id);
  return wasOnlyStale ? [removed, { type: "ClusterDataMarkedInSync", data: { cluster_id } }] : [removed];
}

/** Rule 10. */
function staleness({ data }: MarkClusterHostStale, state: ClusterAggregate): ClusterEvent[] {
  const { cluster_id, host_id, stale_at } = data;
  if (!state.hosts.includes(host_id) || state.stale_hosts.includes(host_id)) return [];
  const events: ClusterEvent[] = [
    { type: "ClusterHostDataMarkedStale", data: { cluster_id, host_id, stale_at } },
  ];
  if (state.stale_hosts.length === 0) {
    events.push({ type: "ClusterDataMarkedStale", data: { cluster_id, stale_at } });
  }
  return events;
}

function decideKnown(
  command: Exclude<ClusterCommand, { type: "RollUpCluster" }>,
  state: ClusterAggregate,
): ClusterEvent[] {
  const { cluster_id } = command.data;
  switch (command.type) {
    case "RegisterOnlineClusterHost":
    case "RegisterOfflineClusterHost":
      return decideRegistration(command, state);
    case "DeregisterClusterHost":
      return removal(command, state);
    case "MarkClusterHostStale":
      return staleness(command, state);
    case "SelectChecks":
      return [{ type: "ChecksSelected", data: { cluster_id, checks: command.data.checks } }];
    case "CompleteChecksExecution": {
      const { health } = command.data;
      // A cluster of which nothing can be judged runs no checks.
      if (state.health_details === null || state.health_details.checks_health === health) return [];
      return [{ type: "ClusterChecksHealthChanged", data: { cluster_id, checks_health: health } }];
    }
  }
}

/** Rule 7: the cluster's health follows whatever changed one of its parts. A cluster that is gone has no health to tell. */
function withHealth(
  cluster_id: string,
  state: ClusterAggregate,
  events: readonly ClusterEvent[],
): ClusterEvent[] {
  const after = events.reduce(evolveCluster, state);
  const health = clusterHealth(after.health_details);
  if (events.length === 0 || after.deregistered_at !== null || health === after.health) return [...events];
  return [...events, { type: "ClusterHealthChanged", data: { cluster_id, health } }];
}

export function decideCluster(
  command: ClusterCommand,
  state: ClusterAggregate,
): Decision<ClusterEvent, ClusterRefusal> {
  const { cluster_id } = command.data;
  if (state.rolling_up) return refuse("cluster_rolling_up");
  const registers =
    command.type === "RegisterOnlineClusterHost" || command.type === "RegisterOfflineClusterHost";
  if (state.cluster_id === null && !registers) return refuse("cluster_not_registered");
  if (command.type === "RollUpCluster") {
    return accept<ClusterEvent>({ type: "ClusterRollUpRequested", data: { cluster_id, snapshot: state } });
  }
  if (state.deregistered_at !== null && !registers) return refuse("cluster_not_registered");
  return accept(...withHealth(cluster_id, state, decideKnown(command, state)));
}

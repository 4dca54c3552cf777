/** Hosts that report as members of a cluster (rules 1 to 6, 10 and 11). */
import { dequal } from "dequal/lite";
import type {
  ClusterDescription,
  RegisterOfflineClusterHost,
  RegisterOnlineClusterHost,
} from "./commands.ts";
import type { ClusterHostStatus } from "./details.ts";
import type { ClusterEvent } from "./events.ts";
import { clusterHealth, derivedHealth } from "./health.ts";
import { type ClusterAggregate, descriptionOf, initialCluster } from "./state.ts";

type Registration = RegisterOnlineClusterHost | RegisterOfflineClusterHost;

/** What the host says of the cluster as a whole; null when it is not the designated controller. */
function toldDescription(command: Registration): ClusterDescription | null {
  return command.type === "RegisterOnlineClusterHost" && command.data.designated_controller
    ? descriptionOf(command.data)
    : null;
}

function statusOf(command: Registration): ClusterHostStatus {
  return command.type === "RegisterOnlineClusterHost" ? "online" : "offline";
}

/** Rule 1. */
function register(command: Registration): ClusterEvent[] {
  const { cluster_id, host_id, name } = command.data;
  const description = toldDescription(command) ?? { ...descriptionOf(initialCluster), name };
  const health_details = derivedHealth(description, null);
  const health = clusterHealth(health_details);
  return [
    { type: "ClusterRegistered", data: { cluster_id, ...description, health, health_details } },
    {
      type: "HostAddedToCluster",
      data: { cluster_id, host_id, cluster_host_status: statusOf(command) },
    },
  ];
}

/** Rule 3. */
function membership(command: Registration, state: ClusterAggregate): ClusterEvent[] {
  const { cluster_id, host_id } = command.data;
  const status = statusOf(command);
  const data = { cluster_id, host_id, cluster_host_status: status };
  if (!state.hosts.includes(host_id)) return [{ type: "HostAddedToCluster", data }];
  const known: ClusterHostStatus = state.offline_hosts.includes(host_id) ? "offline" : "online";
  return known === status ? [] : [{ type: "ClusterHostStatusChanged", data }];
}

/** Rule 10: a host that reports is in sync, and the cluster is when all its hosts are. */
function synchronisation(command: Registration, { stale_hosts }: ClusterAggregate): ClusterEvent[] {
  const { cluster_id, host_id } = command.data;
  if (!stale_hosts.includes(host_id)) return [];
  const events: ClusterEvent[] = [{ type: "ClusterHostDataMarkedInSync", data: { cluster_id, host_id } }];
  if (stale_hosts.length === 1) events.push({ type: "ClusterDataMarkedInSync", data: { cluster_id } });
  return events;
}

/** What is true of the cluster from now on: the controller's word (rule 2), or that all of it is stopped (rule 5). */
function descriptionAfter(
  command: Registration,
  state: ClusterAggregate,
  hosts: { readonly all: number; readonly offline: number },
): ClusterDescription {
  const told = toldDescription(command);
  if (told !== null) return told;
  const known = descriptionOf(state);
  // Of which one is the host that reports: where all are offline, so is that.
  return hosts.all === hosts.offline ? { ...known, state: "stopped" } : known;
}

/** The events by which the parts of the health become what the description says (rule 6), each only on change. */
function healthEvents(
  cluster_id: string,
  description: ClusterDescription,
  before: ClusterAggregate["health_details"],
): ClusterEvent[] {
  const events: ClusterEvent[] = [];
  const known = before;
  const derived = derivedHealth(description, known);
  if (derived === null) return [];
  if ("replication_health" in derived) {
    const { replication_health } = derived;
    const was = known !== null && "replication_health" in known ? known.replication_health : "unknown";
    if (replication_health !== was) {
      events.push({ type: "ClusterReplicationHealthChanged", data: { cluster_id, replication_health } });
    }
  } else {
    const { distributed_health } = derived;
    const was = known !== null && "distributed_health" in known ? known.distributed_health : "unknown";
    if (distributed_health !== was) {
      events.push({ type: "ClusterDistributedHealthChanged", data: { cluster_id, distributed_health } });
    }
  }
  if (derived.sbd_health !== (known?.sbd_health ?? "unknown")) {
    events.push({ type: "ClusterSbdHealthChanged", data: { cluster_id, sbd_health: derived.sbd_health } });
  }
  return events;
}

function changesOf(
  command: Registration,
  state: ClusterAggregate,
  hosts: { readonly all: number; readonly offline: number },
): ClusterEvent[] {
  const { cluster_id } = command.data;
  const description = descriptionAfter(command, state, hosts);
  const concerns = toldDescription(command) !== null || description.state === "stopped";
  if (!concerns) return [];
  const details: ClusterEvent[] = dequal(description, descriptionOf(state))
    ? []
    : [{ type: "ClusterDetailsUpdated", data: { cluster_id, ...description } }];
  return [...details, ...healthEvents(cluster_id, description, state.health_details)];
}

/** Decides on a host that reports; the result leaves out the cluster's own health, which follows from the events. */
export function decideRegistration(command: Registration, state: ClusterAggregate): ClusterEvent[] {
  const { cluster_id, host_id } = command.data;
  if (state.cluster_id === null) return register(command);
  if (state.deregistered_at !== null) {
    const data = { cluster_id, host_id, cluster_host_status: statusOf(command) };
    const restored: ClusterEvent[] = [
      { type: "ClusterRestored", data: { cluster_id } },
      { type: "HostAddedToCluster", data },
    ];
    return toldDescription(command) === null
      ? restored
      : [...restored, ...changesOf(command, state, { all: 1, offline: 0 })];
  }
  const joined = membership(command, state);
  const all = state.hosts.includes(host_id) ? state.hosts.length : state.hosts.length + 1;
  const offlineBefore = state.offline_hosts.filter((host) => host !== host_id).length;
  const offline = offlineBefore + (statusOf(command) === "offline" ? 1 : 0);
  return [...joined, ...synchronisation(command, state), ...changesOf(command, state, { all, offline })];
}

/** Events that the specifications of the cluster share; there is no test in here. */
import type { Health } from "../health.ts";
import type { ClusterDescription } from "./commands.ts";
import type { ClusterHostStatus } from "./details.ts";
import {
  cluster_id,
  deregistered_at,
  hana,
  hanaHealth,
  host_a,
  host_b,
  nameOnly,
  stale_at,
} from "./examples.spec.ts";
import type { ClusterEvent } from "./index.ts";
import { type ClusterAggregate, type ClusterHealthDetails, initialCluster } from "./state.ts";

export function clusterRegistered(
  data: ClusterDescription = hana,
  health: Health = "passing",
  health_details: ClusterHealthDetails = hanaHealth(),
): ClusterEvent {
  return { type: "ClusterRegistered", data: { cluster_id, ...data, health, health_details } };
}
export function detailsUpdated(data: ClusterDescription): ClusterEvent {
  return { type: "ClusterDetailsUpdated", data: { cluster_id, ...data } };
}
export function hostAdded(host_id: string, cluster_host_status: ClusterHostStatus = "online"): ClusterEvent {
  return { type: "HostAddedToCluster", data: { cluster_id, host_id, cluster_host_status } };
}
export function statusChanged(host_id: string, cluster_host_status: ClusterHostStatus): ClusterEvent {
  return { type: "ClusterHostStatusChanged", data: { cluster_id, host_id, cluster_host_status } };
}
export function hostRemoved(host_id: string): ClusterEvent {
  return { type: "HostRemovedFromCluster", data: { cluster_id, host_id } };
}
export function replication(replication_health: Health): ClusterEvent {
  return { type: "ClusterReplicationHealthChanged", data: { cluster_id, replication_health } };
}
export function distributed(distributed_health: Health): ClusterEvent {
  return { type: "ClusterDistributedHealthChanged", data: { cluster_id, distributed_health } };
}
export function sbd(sbd_health: Health): ClusterEvent {
  return { type: "ClusterSbdHealthChanged", data: { cluster_id, sbd_health } };
}
export function checksHealth(checks_health: Health): ClusterEvent {
  return { type: "ClusterChecksHealthChanged", data: { cluster_id, checks_health } };
}
export function healthChanged(health: Health): ClusterEvent {
  return { type: "ClusterHealthChanged", data: { cluster_id, health } };
}
export function checksSelected(...checks: string[]): ClusterEvent {
  return { type: "ChecksSelected", data: { cluster_id, checks } };
}
export function hostStale(host_id: string, at = stale_at): ClusterEvent {
  return { type: "ClusterHostDataMarkedStale", data: { cluster_id, host_id, stale_at: at } };
}
export function hostInSync(host_id: string): ClusterEvent {
  return { type: "ClusterHostDataMarkedInSync", data: { cluster_id, host_id } };
}
export function dataStale(at = stale_at): ClusterEvent {
  return { type: "ClusterDataMarkedStale", data: { cluster_id, stale_at: at } };
}
export const dataInSync: ClusterEvent = { type: "ClusterDataMarkedInSync", data: { cluster_id } };
export const clusterDeregistered: ClusterEvent = {
  type: "ClusterDeregistered",
  data: { cluster_id, deregistered_at },
};
export const clusterTombstoned: ClusterEvent = { type: "ClusterTombstoned", data: { cluster_id } };
export const clusterRestored: ClusterEvent = { type: "ClusterRestored", data: { cluster_id } };
export function rollUpRequested(
  snapshot: ClusterAggregate = { ...initialCluster, cluster_id },
): ClusterEvent {
  return { type: "ClusterRollUpRequested", data: { cluster_id, snapshot } };
}
export function rolledUp(snapshot: ClusterAggregate): ClusterEvent {
  return { type: "ClusterRolledUp", data: { cluster_id, snapshot } };
}

/** A healthy HANA cluster of the controller and another member. */
export const pair: readonly ClusterEvent[] = [clusterRegistered(), hostAdded(host_a), hostAdded(host_b)];
/** A cluster of which only a member that is not the controller told. */
export const undescribed: readonly ClusterEvent[] = [
  clusterRegistered(nameOnly, "unknown", null),
  hostAdded(host_a),
];
/** All that happened to a healthy HANA cluster that is gone. */
export const gone: readonly ClusterEvent[] = [
  clusterRegistered(),
  hostAdded(host_a),
  hostRemoved(host_a),
  clusterDeregistered,
  clusterTombstoned,
];

/** What can happen to a cluster. */
import type { DomainEvent } from "../decider.ts";
import type { Health } from "../health.ts";
import type { ClusterDescription } from "./commands.ts";
import type { ClusterHostStatus } from "./details.ts";
import type { ClusterAggregate, ClusterHealthDetails } from "./state.ts";

type ClusterFact<Type extends string, Data = unknown> = DomainEvent<
  Type,
  { readonly cluster_id: string } & Data
>;
interface OfHost {
  readonly host_id: string;
}

export type ClusterRegistered = ClusterFact<
  "ClusterRegistered",
  ClusterDescription & { readonly health: Health; readonly health_details: ClusterHealthDetails }
>;
export type ClusterDetailsUpdated = ClusterFact<"ClusterDetailsUpdated", ClusterDescription>;
export type HostAddedToCluster = ClusterFact<
  "HostAddedToCluster",
  OfHost & { readonly cluster_host_status: ClusterHostStatus }
>;
export type ClusterHostStatusChanged = ClusterFact<
  "ClusterHostStatusChanged",
  OfHost & { readonly cluster_host_status: ClusterHostStatus }
>;
export type HostRemovedFromCluster = ClusterFact<"HostRemovedFromCluster", OfHost>;
export type ClusterReplicationHealthChanged = ClusterFact<
  "ClusterReplicationHealthChanged",
  { readonly replication_health: Health }
>;
export type ClusterDistributedHealthChanged = ClusterFact<
  "ClusterDistributedHealthChanged",
  { readonly distributed_health: Health }
>;
export type ClusterSbdHealthChanged = ClusterFact<"ClusterSbdHealthChanged", { readonly sbd_health: Health }>;
export type ClusterChecksHealthChanged = ClusterFact<
  "ClusterChecksHealthChanged",
  { readonly checks_health: Health }
>;
export type ClusterHealthChanged = ClusterFact<"ClusterHealthChanged", { readonly health: Health }>;
export type ChecksSelected = ClusterFact<"ChecksSelected", { readonly checks: readonly string[] }>;
export type ClusterHostDataMarkedStale = ClusterFact<
  "ClusterHostDataMarkedStale",
  OfHost & { readonly stale_at: string }
>;
export type ClusterHostDataMarkedInSync = ClusterFact<"ClusterHostDataMarkedInSync", OfHost>;
export type ClusterDataMarkedStale = ClusterFact<"ClusterDataMarkedStale", { readonly stale_at: string }>;
export type ClusterDataMarkedInSync = ClusterFact<"ClusterDataMarkedInSync">;
export type ClusterDeregistered = ClusterFact<"ClusterDeregistered", { readonly deregistered_at: string }>;
export type ClusterTombstoned = ClusterFact<"ClusterTombstoned">;
export type ClusterRestored = ClusterFact<"ClusterRestored">;
export type ClusterRollUpRequested = ClusterFact<
  "ClusterRollUpRequested",
  { readonly snapshot: ClusterAggregate }
>;
export type ClusterRolledUp = ClusterFact<"ClusterRolledUp", { readonly snapshot: ClusterAggregate }>;

export type ClusterEvent =
  | ClusterRegistered
  | ClusterDetailsUpdated
  | HostAddedToCluster
  | ClusterHostStatusChanged
  | HostRemovedFromCluster
  | ClusterReplicationHealthChanged
  | ClusterDistributedHealthChanged
  | ClusterSbdHealthChanged
  | ClusterChecksHealthChanged
  | ClusterHealthChanged
  | ChecksSelected
  | ClusterHostDataMarkedStale
  | ClusterHostDataMarkedInSync
  | ClusterDataMarkedStale
  | ClusterDataMarkedInSync
  | ClusterDeregistered
  | ClusterTombstoned
  | ClusterRestored
  | ClusterRollUpRequested
  | ClusterRolledUp;

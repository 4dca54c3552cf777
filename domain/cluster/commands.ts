/** What can be asked of a cluster. */
import type { Command } from "../decider.ts";
import type { Health } from "../health.ts";
import type { Provider } from "../host/provider.ts";
import type { ClusterDetails, ClusteredInstance, ClusterState, ClusterType } from "./details.ts";

interface OfCluster {
  readonly cluster_id: string;
}

/** What a cluster says about itself, as the designated controller sees it. */
export interface ClusterDescription {
  readonly name: string | null;
  readonly type: ClusterType;
  readonly sap_instances: readonly ClusteredInstance[];
  readonly provider: Provider;
  readonly resources_number: number | null;
  readonly hosts_number: number | null;
  readonly state: ClusterState;
  readonly details: ClusterDetails | null;
}

export type RegisterOnlineClusterHost = Command<
  "RegisterOnlineClusterHost",
  OfCluster &
    ClusterDescription & {
      readonly host_id: string;
      readonly designated_controller: boolean;
      /** Changes with every write of the cluster's configuration: kept beside the cluster, never in an event. */
      readonly cib_last_written: string | null;
    }
>;
export type RegisterOfflineClusterHost = Command<
  "RegisterOfflineClusterHost",
  OfCluster & { readonly host_id: string; readonly name: string | null }
>;
export type DeregisterClusterHost = Command<
  "DeregisterClusterHost",
  OfCluster & { readonly host_id: string; readonly deregistered_at: string }
>;
export type MarkClusterHostStale = Command<
  "MarkClusterHostStale",
  OfCluster & { readonly host_id: string; readonly stale_at: string }
>;
export type SelectChecks = Command<"SelectChecks", OfCluster & { readonly checks: readonly string[] }>;
export type CompleteChecksExecution = Command<
  "CompleteChecksExecution",
  OfCluster & { readonly health: Health }
>;
export type RollUpCluster = Command<"RollUpCluster", OfCluster>;

export type ClusterCommand =
  | RegisterOnlineClusterHost
  | RegisterOfflineClusterHost
  | DeregisterClusterHost
  | MarkClusterHostStale
  | SelectChecks
  | CompleteChecksExecution
  | RollUpCluster;

export type ClusterRefusal = "cluster_not_registered" | "cluster_rolling_up";

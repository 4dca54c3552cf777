/** A cluster as the control plane should know it. */
import type { ClusterType, HanaDetails } from "../../../domain/cluster/details.ts";
import { clusterIdOf } from "../../../domain/discovery/ids.ts";
import type { Health } from "../../../domain/health.ts";
import type { Cluster } from "../model/cluster.ts";
import { isDistributed, isReplicating } from "../model/condition.ts";

export interface ExpectedCluster {
  readonly id: string;
  readonly name: string;
  readonly type: ClusterType;
  readonly state: string;
  readonly health: Health;
  /** Of the databases or systems that it runs. */
  readonly sids: readonly string[];
  readonly hostsNumber: number;
  readonly hostIds: readonly string[];
  /** Of hosts on which the cluster software is stopped: they say so themselves. */
  readonly offlineHostIds: readonly string[];
  /** Null, as maintenance is, where the control plane keeps no details: of clusters of unknown type. */
  readonly fencing: string | null;
  readonly isInMaintenance: boolean | null;
  /** Of HANA alone. */
  readonly architecture: HanaDetails["architecture_type"] | null;
  readonly scenario: HanaDetails["hana_scenario"] | null;
}

function typeOf({ workload }: Cluster): ExpectedCluster["type"] {
  if (workload.kind === "central services") return "ascs_ers";
  if (workload.kind === "storage") return "unknown";
  return workload.database.topology === "scale-up" ? "hana_scale_up" : "hana_scale_out";
}

function sidsOf({ workload }: Cluster): string[] {
  if (workload.kind === "central services") return [workload.system.sid];
  if (workload.kind === "storage") return [];
  return [workload.database.sid, ...(workload.second === null ? [] : [workload.second.sid])];
}

/** What a cluster without anything to judge is worth is not known, nor what a stopped one is. */
function healthOf(cluster: Cluster, isStopped: boolean): Health {
  const { workload, fencing } = cluster;
  if (isStopped || workload.kind === "storage") return "unknown";
  const isWell = workload.kind === "hana" ? isReplicating(workload.database) : isDistributed(cluster);
  const canFence = fencing.kind !== "sbd" || fencing.devices.every(({ isHealthy }) => isHealthy);
  return isWell && canFence ? "passing" : "critical";
}

function fencingOf({ fencing, workload }: Cluster): string | null {
  if (workload.kind === "storage") return null;
  if (fencing.kind === "sbd") return "external/sbd";
  return fencing.kind === "diskless sbd" ? "Diskless SBD" : fencing.agent;
}

export function expectedCluster(cluster: Cluster): ExpectedCluster {
  const { workload, nodes } = cluster;
  // Who is switched off cannot say that the cluster is stopped.
  const isStopped = nodes.every(({ isRunning }) => !isRunning);
  const hana = workload.kind === "hana" ? workload : null;
  return {
    id: clusterIdOf(cluster.id),
    name: cluster.name,
    type: typeOf(cluster),
    state: isStopped ? "stopped" : cluster.state,
    health: healthOf(cluster, isStopped),
    sids: sidsOf(cluster),
    hostsNumber: nodes.length,
    hostIds: nodes.map(({ host }) => host.id),
    offlineHostIds: nodes.filter(({ isRunning }) => !isRunning).map(({ host }) => host.id),
    fencing: fencingOf(cluster),
    isInMaintenance: workload.kind === "storage" ? null : cluster.isInMaintenance,
    architecture: hana?.database.architecture ?? null,
    scenario: hana && (hana.second === null ? "performance_optimized" : "cost_optimized"),
  };
}

/** Details of a cluster that runs a HANA database. */
import type { ClusteredInstance, HanaDetails } from "../../cluster/details.ts";
import { fencingType, isInMaintenance } from "./fencing.ts";
import { hanaNodes } from "./hana-nodes.ts";
import { replicationOf } from "./hana-replication.ts";
import { hanaSites } from "./hana-sites.ts";
import { applicationSids, hanaSid } from "./instances.ts";
import type { KnownCluster } from "./known-cluster.ts";
import { stoppedResources } from "./resources.ts";
import type { ClusterKind } from "./type.ts";

/** @returns null when the cluster's fencing cannot be told */
export function hanaDetails(
  cluster: KnownCluster,
  kind: ClusterKind,
  instances: readonly ClusteredInstance[],
): HanaDetails | null {
  const fencing_type = fencingType(cluster);
  if (fencing_type === null) return null;
  const sid = hanaSid(instances).toLowerCase();
  const nodes = hanaNodes(cluster, kind, sid);
  return {
    architecture_type: kind.architecture,
    hana_scenario: applicationSids(instances).length === 0 ? "performance_optimized" : "cost_optimized",
    ...replicationOf(cluster, kind, sid, nodes),
    fencing_type,
    maintenance_mode: isInMaintenance(cluster),
    stopped_resources: stoppedResources(cluster.placed),
    nodes,
    sbd_devices: cluster.sbd.devices,
    sites: hanaSites(cluster, kind, sid, nodes),
    resources: [...cluster.resources],
  };
}

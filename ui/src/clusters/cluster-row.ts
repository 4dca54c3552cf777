/** Clusters with what the list of clusters tells of them besides. */
import type { ClusterView } from "../../../domain/cluster/view.ts";
import type { Named } from "../links/sid-links.tsx";
import { type Landscape, sidsInCluster } from "./sids-in-cluster.ts";

export interface ClusterRow extends ClusterView {
  readonly sids: readonly Named[];
}

export function clusterRows(clusters: readonly ClusterView[], landscape: Landscape): ClusterRow[] {
  return clusters.map((cluster) => ({ ...cluster, sids: sidsInCluster(cluster, landscape) }));
}

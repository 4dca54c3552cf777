/** A link to a cluster, of which the id alone is known. */
import { useClusters } from "../api/clusters.ts";
import { clusterName } from "../clusters/cluster-words.ts";
import { clusterPath } from "./paths.ts";
import { ToResource } from "./to-resource.tsx";

export function ClusterLink({ id }: { readonly id: string | null }) {
  const { data: clusters } = useClusters();
  if (id === null) return "–";
  const cluster = clusters?.find((one) => one.id === id);
  // A cluster that has not described itself yet is not in the list, and has no page.
  if (cluster === undefined) return clusters === undefined ? "…" : "–";
  return <ToResource to={clusterPath(id)}>{clusterName(cluster)}</ToResource>;
}

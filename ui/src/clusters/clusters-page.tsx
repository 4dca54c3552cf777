/** All clusters. */
import { useMemo } from "react";
import { useClusters } from "../api/clusters.ts";
import { ListPage } from "../list/list-page.tsx";
import { Hint, Nothing } from "../list/nothing.tsx";
import { clusterColumns } from "./cluster-columns.tsx";
import { clusterFiltering } from "./cluster-filters.ts";
import { clusterRows } from "./cluster-row.ts";
import { clusterName } from "./cluster-words.ts";
import { useLandscape } from "./use-landscape.ts";

export function ClustersPage() {
  const { data, error, refetch } = useClusters();
  const landscape = useLandscape();
  const rows = useMemo(() => data && clusterRows(data, landscape), [data, landscape]);
  return (
    <ListPage
      title="Clusters"
      noun={{ one: "cluster", many: "clusters" }}
      answer={{ data: rows, error, refetch }}
      filtering={clusterFiltering}
      columns={clusterColumns}
      sortedBy="name"
      attributesOf={(cluster) => ({ "data-cluster": clusterName(cluster) })}
      empty={
        <Nothing title="No cluster is known yet">
          <Hint>
            A cluster is shown here as soon as the agent on its designated controller has reported it.
          </Hint>
        </Nothing>
      }
    />
  );
}

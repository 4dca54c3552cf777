/** Columns of the list of clusters. */
import { Stack } from "@mantine/core";
import { providerInWords } from "../hosts/provider-words.ts";
import { clusterPath } from "../links/paths.ts";
import { SidLinks } from "../links/sid-links.tsx";
import { ToResource } from "../links/to-resource.tsx";
import { ClusterMarker } from "../open-discoveries/in-cluster.tsx";
import { HealthBadge } from "../status/health.tsx";
import { severityOf } from "../status/health-order.ts";
import { StaleMarker } from "../status/stale.tsx";
import type { Column } from "../tables/column.ts";
import { Tags } from "../tags/tags.tsx";
import type { ClusterRow } from "./cluster-row.ts";
import { clusterName, typeInWords } from "./cluster-words.ts";

export const clusterColumns: readonly Column<ClusterRow>[] = [
  {
    id: "health",
    heading: "Health",
    sortBy: ({ health }) => severityOf(health),
    cell: ({ health }) => <HealthBadge health={health} />,
  },
  {
    id: "name",
    heading: "Name",
    sortBy: clusterName,
    cell: (cluster) => (
      <Stack gap={2} align="flex-start">
        <ToResource to={clusterPath(cluster.id)} strong>
          {clusterName(cluster)}
        </ToResource>
        <StaleMarker since={cluster.stale_at} />
        <ClusterMarker clusterId={cluster.id} />
      </Stack>
    ),
  },
  {
    id: "sid",
    heading: "SID",
    sortBy: ({ sids }) => sids.map(({ sid }) => sid).join(" "),
    cell: ({ sids }) => <SidLinks named={sids} />,
  },
  {
    id: "type",
    heading: "Type",
    sortBy: ({ type }) => typeInWords(type),
    cell: ({ type }) => typeInWords(type),
  },
  {
    id: "hosts",
    heading: "Hosts",
    sortBy: ({ hosts_number }) => hosts_number ?? 0,
    cell: ({ hosts_number }) => hosts_number ?? "–",
  },
  {
    id: "resources",
    heading: "Resources",
    sortBy: ({ resources_number }) => resources_number ?? 0,
    cell: ({ resources_number }) => resources_number ?? "–",
  },
  {
    id: "provider",
    heading: "Provider",
    sortBy: ({ provider }) => providerInWords(provider),
    cell: ({ provider }) => providerInWords(provider),
  },
  {
    id: "tags",
    heading: "Tags",
    cell: (cluster) => (
      <Tags resources="clusters" id={cluster.id} name={clusterName(cluster)} tags={cluster.tags} />
    ),
  },
];

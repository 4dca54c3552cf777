/** Columns of the list of hosts. */
import { Stack, Text } from "@mantine/core";
import { ClusterLink } from "../links/cluster-link.tsx";
import { hostPath } from "../links/paths.ts";
import { SidLinks } from "../links/sid-links.tsx";
import { ToResource } from "../links/to-resource.tsx";
import { OpenMarker } from "../open-discoveries/open-discoveries.tsx";
import { HealthBadge } from "../status/health.tsx";
import { severityOf } from "../status/health-order.ts";
import { StaleMarker } from "../status/stale.tsx";
import type { Column } from "../tables/column.ts";
import { Tags } from "../tags/tags.tsx";
import { Addresses } from "./addresses.tsx";
import { addressesOf } from "./addresses-of.ts";
import { CleanUp } from "./clean-up.tsx";
import { Heartbeat } from "./heartbeat.tsx";
import type { HostRow } from "./host-row.ts";
import { providerInWords } from "./provider-words.ts";

export const hostColumns: readonly Column<HostRow>[] = [
  {
    id: "health",
    heading: "Health",
    sortBy: ({ health }) => severityOf(health),
    cell: ({ health }) => <HealthBadge health={health} />,
  },
  {
    id: "heartbeat",
    heading: "Heartbeat",
    sortBy: ({ heartbeat }) => heartbeat,
    cell: (host) => (
      <Stack gap={2} align="flex-start">
        <Heartbeat host={host} />
        <StaleMarker since={host.stale_at} />
        <OpenMarker hostIds={[host.id]} of="host" />
      </Stack>
    ),
  },
  {
    id: "hostname",
    heading: "Name",
    sortBy: ({ hostname }) => hostname,
    cell: ({ id, hostname }) => (
      <ToResource to={hostPath(id)} strong>
        {hostname}
      </ToResource>
    ),
  },
  {
    id: "addresses",
    heading: "Addresses",
    sortBy: (host) => addressesOf(host).join(" "),
    cell: (host) => <Addresses host={host} />,
  },
  {
    id: "provider",
    heading: "Provider",
    sortBy: ({ provider }) => provider,
    cell: ({ provider }) => providerInWords(provider),
  },
  {
    id: "cluster",
    heading: "Cluster",
    sortBy: ({ clusterName }) => clusterName,
    cell: ({ cluster_id }) => <ClusterLink id={cluster_id} />,
  },
  {
    id: "sid",
    heading: "SID",
    sortBy: ({ runs }) => runs.map(({ sid }) => sid).join(" "),
    cell: ({ runs }) => <SidLinks named={runs} />,
  },
  {
    id: "agent_version",
    heading: "Agent",
    sortBy: ({ agent_version }) => agent_version,
    cell: ({ agent_version }) => (
      <Text size="sm" maw={100} truncate title={agent_version}>
        {agent_version}
      </Text>
    ),
  },
  {
    id: "tags",
    heading: "Tags",
    cell: ({ id, hostname, tags }) => <Tags resources="hosts" id={id} name={hostname} tags={tags} />,
  },
  { id: "actions", heading: "", cell: (host) => <CleanUp host={host} /> },
];

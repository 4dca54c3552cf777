/** The hosts that something else stands on. */
import type { HostView } from "../../../domain/host/view.ts";
import { Section } from "../detail/section.tsx";
import { ClusterLink } from "../links/cluster-link.tsx";
import { hostPath } from "../links/paths.ts";
import { ToResource } from "../links/to-resource.tsx";
import { HealthBadge } from "../status/health.tsx";
import { StaleMarker } from "../status/stale.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { Addresses } from "./addresses.tsx";
import { providerInWords } from "./provider-words.ts";

const columns: readonly Column<HostView>[] = [
  { id: "health", heading: "Health", cell: ({ health }) => <HealthBadge health={health} /> },
  {
    id: "hostname",
    heading: "Name",
    cell: ({ id, hostname, stale_at }) => (
      <>
        <ToResource to={hostPath(id)} strong>
          {hostname}
        </ToResource>{" "}
        <StaleMarker since={stale_at} />
      </>
    ),
  },
  { id: "addresses", heading: "Addresses", cell: (host) => <Addresses host={host} /> },
  { id: "provider", heading: "Provider", cell: ({ provider }) => providerInWords(provider) },
  { id: "cluster", heading: "Cluster", cell: ({ cluster_id }) => <ClusterLink id={cluster_id} /> },
  { id: "status", heading: "Cluster node", cell: ({ cluster_host_status }) => cluster_host_status ?? "–" },
  { id: "agent", heading: "Agent", cell: ({ agent_version }) => agent_version },
];

const columnsInCluster = columns.filter(({ id }) => id !== "cluster");

interface HostsSectionProps {
  readonly hosts: readonly HostView[] | undefined;
  /** Whether all of them are in one cluster, which is known where they are shown. */
  readonly inCluster?: boolean;
}

export function HostsSection({ hosts, inCluster = false }: HostsSectionProps) {
  return (
    <Section title="Hosts">
      <PlainTable
        label="Hosts"
        columns={inCluster ? columnsInCluster : columns}
        rows={hosts ?? []}
        keyOf={({ id }) => id}
        empty={hosts === undefined ? "Not read yet." : "None is known."}
      />
    </Section>
  );
}

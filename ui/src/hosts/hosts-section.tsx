/** The hosts that something else stands on. */
import type { HostView } from "../../../domain/host/view.ts";
import { Section } from "../detail/facts.tsx";
import { ClusterLink } from "../links/cluster-link.tsx";
import { hostPath, ToResource } from "../links/to-resource.tsx";
import { HealthBadge } from "../status/health.tsx";
import { StaleMarker } from "../status/stale.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { Addresses } from "./addresses.tsx";

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
  { id: "provider", heading: "Provider", cell: ({ provider }) => provider },
  { id: "cluster", heading: "Cluster", cell: ({ cluster_id }) => <ClusterLink id={cluster_id} /> },
  { id: "status", heading: "In its cluster", cell: ({ cluster_host_status }) => cluster_host_status ?? "–" },
  { id: "agent", heading: "Agent", cell: ({ agent_version }) => agent_version },
];

interface HostsSectionProps {
  readonly hosts: readonly HostView[] | undefined;
}

export function HostsSection({ hosts }: HostsSectionProps) {
  return (
    <Section title="Hosts">
      <PlainTable
        label="Hosts"
        columns={columns}
        rows={hosts ?? []}
        keyOf={({ id }) => id}
        empty={hosts === undefined ? "Not read yet." : "None is known."}
      />
    </Section>
  );
}

/** The sites between which a database is replicated. */
import { useMemo } from "react";
import type { DatabaseInstanceView } from "../../../domain/database/view.ts";
import { Section } from "../detail/section.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { RolePill } from "./replication-column.tsx";
import { type ReplicationSite, replicationSites } from "./replication-sites.ts";

const columns: readonly Column<ReplicationSite>[] = [
  { id: "site", heading: "Site", cell: ({ name }) => name || "–" },
  { id: "role", heading: "Role", cell: ({ role }) => <RolePill role={role} /> },
  { id: "tier", heading: "Tier", cell: ({ tier }) => tier ?? "–" },
  { id: "status", heading: "Status", cell: ({ status }) => status ?? "–" },
  { id: "mode", heading: "Mode", cell: ({ mode }) => mode ?? "–" },
  { id: "operation", heading: "Operation mode", cell: ({ operationMode }) => operationMode ?? "–" },
  { id: "source", heading: "Replicated from", cell: ({ source }) => source ?? "–" },
  { id: "instances", heading: "Instances", cell: ({ instances }) => instances },
];

interface ReplicationSectionProps {
  readonly instances: readonly DatabaseInstanceView[];
}

export function ReplicationSection({ instances }: ReplicationSectionProps) {
  const sites = useMemo(() => replicationSites(instances), [instances]);
  return (
    <Section title="System replication">
      <PlainTable
        label="Sites"
        columns={columns}
        rows={sites}
        keyOf={({ name }) => name}
        empty="The database is not replicated."
      />
    </Section>
  );
}

/** Columns of the list of databases. */
import { Stack } from "@mantine/core";
import { hostIdsOf } from "../instances/instance.ts";
import { databasePath } from "../links/paths.ts";
import { SidLinks } from "../links/sid-links.tsx";
import { ToResource } from "../links/to-resource.tsx";
import { OpenMarker } from "../open-discoveries/open-discoveries.tsx";
import { HealthBadge } from "../status/health.tsx";
import { severityOf } from "../status/health-order.ts";
import { StaleMarker } from "../status/stale.tsx";
import type { Column } from "../tables/column.ts";
import { Tags } from "../tags/tags.tsx";
import type { DatabaseRow } from "./database-row.ts";

export const databaseColumns: readonly Column<DatabaseRow>[] = [
  {
    id: "health",
    heading: "Health",
    sortBy: ({ health }) => severityOf(health),
    cell: ({ health }) => <HealthBadge health={health} />,
  },
  {
    id: "sid",
    heading: "SID",
    sortBy: ({ sid }) => sid,
    cell: ({ id, sid, stale_at, database_instances }) => (
      <Stack gap={2} align="flex-start">
        <ToResource to={databasePath(id)} strong>
          {sid}
        </ToResource>
        <StaleMarker since={stale_at} />
        <OpenMarker hostIds={hostIdsOf(database_instances)} of="database" />
      </Stack>
    ),
  },
  {
    id: "systems",
    heading: "SAP systems",
    sortBy: ({ systems }) => systems.map(({ sid }) => sid).join(" "),
    cell: ({ systems }) => <SidLinks named={systems} />,
  },
  {
    id: "instances",
    heading: "Instances",
    sortBy: ({ database_instances }) => database_instances.length,
    cell: ({ database_instances }) => database_instances.length,
  },
  {
    id: "replication",
    heading: "System replication",
    sortBy: ({ replication }) => replication,
    cell: ({ replication }) => replication || "–",
  },
  {
    id: "tags",
    heading: "Tags",
    cell: ({ id, sid, tags }) => <Tags resources="databases" id={id} name={sid} tags={tags} />,
  },
];

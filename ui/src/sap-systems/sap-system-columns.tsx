/** Columns of the list of SAP systems. */
import { Stack } from "@mantine/core";
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import { hostIdsOf } from "../instances/instance.ts";
import { databasePath, sapSystemPath } from "../links/paths.ts";
import { ToResource } from "../links/to-resource.tsx";
import { OpenMarker } from "../open-discoveries/open-discoveries.tsx";
import { HealthBadge } from "../status/health.tsx";
import { severityOf } from "../status/health-order.ts";
import { StaleMarker } from "../status/stale.tsx";
import type { Column } from "../tables/column.ts";
import { Tags } from "../tags/tags.tsx";
import { typesOf } from "./sap-system-words.ts";

const typeText = ({ application_instances }: SapSystemView) => typesOf(application_instances).join(", ");

export const sapSystemColumns: readonly Column<SapSystemView>[] = [
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
    cell: ({ id, sid, stale_at, application_instances }) => (
      <Stack gap={2} align="flex-start">
        <ToResource to={sapSystemPath(id)} strong>
          {sid}
        </ToResource>
        <StaleMarker since={stale_at} />
        <OpenMarker hostIds={hostIdsOf(application_instances)} of="sap_system" />
      </Stack>
    ),
  },
  { id: "type", heading: "Type", sortBy: typeText, cell: (system) => typeText(system) || "–" },
  {
    id: "database",
    heading: "Database",
    sortBy: ({ database_sid }) => database_sid,
    cell: ({ database_id, database_sid }) => (
      <ToResource to={databasePath(database_id)}>{database_sid}</ToResource>
    ),
  },
  { id: "tenant", heading: "Tenant", sortBy: ({ tenant }) => tenant, cell: ({ tenant }) => tenant },
  {
    id: "db_host",
    heading: "Database address",
    sortBy: ({ db_host }) => db_host,
    cell: ({ db_host }) => db_host,
  },
  {
    id: "tags",
    heading: "Tags",
    cell: ({ id, sid, tags }) => <Tags resources="sap_systems" id={id} name={sid} tags={tags} />,
  },
];

/** Columns of the overview: an SAP system, and the health of all that it stands on. */
import type { Health } from "../../../domain/health.ts";
import { clusterPath, databasePath, hostsOfSystemPath, sapSystemPath } from "../links/paths.ts";
import { ToResource } from "../links/to-resource.tsx";
import { HealthLink, NoHealth } from "../status/health-link.tsx";
import { severityOf } from "../status/health-order.ts";
import type { Column } from "../tables/column.ts";
import type { OverviewRow } from "./overview-row.ts";

/** Something that a system stands on. */
interface Support {
  readonly id: string;
  readonly heading: string;
  of(row: OverviewRow): string;
  /** Where its page is; null where there is no such thing. */
  to(row: OverviewRow): string | null;
  health(row: OverviewRow): Health;
  staleSince(row: OverviewRow): string | null;
}

const toCluster = (id: string | null) => (id === null ? null : clusterPath(id));

const supports: readonly Support[] = [
  {
    id: "sap_system",
    heading: "SAP system",
    of: ({ sid }) => `SAP system ${sid}`,
    to: ({ id }) => sapSystemPath(id),
    health: ({ sapsystem_health }) => sapsystem_health,
    // All of it is stale when something of it is.
    staleSince: ({ application_stale_at, database_stale_at }) => application_stale_at ?? database_stale_at,
  },
  {
    id: "application",
    heading: "Application instances",
    of: ({ sid }) => `Application instances of ${sid}`,
    to: ({ id }) => sapSystemPath(id),
    health: ({ application_health }) => application_health,
    staleSince: ({ application_stale_at }) => application_stale_at,
  },
  {
    id: "application_cluster",
    heading: "Application cluster",
    of: ({ sid }) => `Application cluster of ${sid}`,
    to: ({ application_cluster_id }) => toCluster(application_cluster_id),
    health: ({ application_cluster_health }) => application_cluster_health,
    staleSince: ({ application_cluster_stale_at }) => application_cluster_stale_at,
  },
  {
    id: "database",
    heading: "Database",
    of: ({ database_sid }) => `Database ${database_sid}`,
    to: ({ database_id }) => databasePath(database_id),
    health: ({ database_health }) => database_health,
    staleSince: ({ database_stale_at }) => database_stale_at,
  },
  {
    id: "database_cluster",
    heading: "Database cluster",
    of: ({ sid }) => `Database cluster of ${sid}`,
    to: ({ database_cluster_id }) => toCluster(database_cluster_id),
    health: ({ database_cluster_health }) => database_cluster_health,
    staleSince: ({ database_cluster_stale_at }) => database_cluster_stale_at,
  },
  {
    id: "hosts",
    heading: "Hosts",
    of: ({ sid }) => `Hosts of ${sid}`,
    to: ({ id }) => hostsOfSystemPath(id),
    health: ({ hosts_health }) => hosts_health,
    staleSince: ({ hosts_stale_at }) => hosts_stale_at,
  },
];

function columnOf({ id, heading, of, to, health, staleSince }: Support): Column<OverviewRow> {
  return {
    id,
    heading,
    sortBy: (row) => (to(row) === null ? Number.MAX_SAFE_INTEGER : severityOf(health(row))),
    cell: (row) => {
      const path = to(row);
      // Only clusters may be missing.
      if (path === null) return <NoHealth>no cluster</NoHealth>;
      return <HealthLink of={of(row)} to={path} health={health(row)} staleSince={staleSince(row)} />;
    },
  };
}

export const overviewColumns: readonly Column<OverviewRow>[] = [
  {
    id: "sid",
    heading: "SID",
    sortBy: ({ sid }) => sid,
    cell: ({ id, sid }) => (
      <ToResource to={sapSystemPath(id)} strong>
        {sid}
      </ToResource>
    ),
  },
  ...supports.map(columnOf),
];

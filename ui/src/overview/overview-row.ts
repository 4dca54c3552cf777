/** One SAP system at a glance, with the health that it is counted by. */
import type { Health } from "../../../domain/health.ts";
import type { HealthSummary } from "../../../domain/sap-system/health-summary.ts";
import type { Filtering } from "../list/filters.ts";
import { mostUrgentOf } from "../status/most-urgent.ts";

export interface OverviewRow extends HealthSummary {
  readonly health: Health;
}

/** A system is counted by the most urgent of all that it stands on. A cluster that it does not have is not judged. */
export function overviewRow(summary: HealthSummary): OverviewRow {
  // As the list of hosts shows them: one that is gone is no good host, whatever its checks found last.
  const hosts_health = mostUrgentOf([summary.hosts_health, summary.hosts_heartbeat]);
  const judged = [
    summary.sapsystem_health,
    summary.application_health,
    summary.database_health,
    hosts_health,
    ...(summary.application_cluster_id === null ? [] : [summary.application_cluster_health]),
    ...(summary.database_cluster_id === null ? [] : [summary.database_cluster_health]),
  ];
  return { ...summary, hosts_health, health: mostUrgentOf(judged) };
}

export const overviewFiltering: Filtering<OverviewRow> = {
  hint: "SID of the system or its database",
  textsOf: ({ sid, database_sid }) => [sid, database_sid],
  choices: [],
};

/** One SAP system at a glance, with the health that it is counted by. */
import type { Health } from "../../../domain/health.ts";
import type { HealthSummary } from "../../../domain/sap-system/health-summary.ts";
import type { Filtering } from "../list/filters.ts";

export interface OverviewRow extends HealthSummary {
  readonly health: Health;
}

/**
 * What most needs attention first. Here a known failure goes before what cannot be judged: who asks for what is
 * critical must be shown every system with something critical, though something else of it may be unknown.
 */
const mostUrgentFirst: readonly Health[] = ["critical", "warning", "unknown", "passing"];

/** A system is counted by the most urgent of all that it stands on. A cluster that it does not have is not judged. */
export function overviewRow(summary: HealthSummary): OverviewRow {
  const judged = [
    summary.sapsystem_health,
    summary.application_health,
    summary.database_health,
    summary.hosts_health,
    ...(summary.application_cluster_id === null ? [] : [summary.application_cluster_health]),
    ...(summary.database_cluster_id === null ? [] : [summary.database_cluster_health]),
  ];
  return { ...summary, health: mostUrgentFirst.find((health) => judged.includes(health)) ?? "unknown" };
}

export const overviewFiltering: Filtering<OverviewRow> = {
  hint: "SID of the system or its database",
  textsOf: ({ sid, database_sid }) => [sid, database_sid],
  choices: [],
};

/** How an SAP system, its database, and the clusters and hosts below them are, in one line. */
import { z } from "zod";
import { healthSchema } from "../health.ts";

const staleAt = z.string().nullable();

/** Field names are Trento's (`GET /api/v1/sap_systems/health`). */
export const healthSummarySchema = z.object({
  id: z.guid(),
  sid: z.string(),
  sapsystem_health: healthSchema,
  application_health: healthSchema,
  application_stale_at: staleAt,
  application_cluster_id: z.guid().nullable(),
  application_cluster_health: healthSchema,
  application_cluster_stale_at: staleAt,
  database_id: z.guid(),
  database_sid: z.string(),
  database_health: healthSchema,
  database_stale_at: staleAt,
  database_cluster_id: z.guid().nullable(),
  database_cluster_health: healthSchema,
  database_cluster_stale_at: staleAt,
  hosts_health: healthSchema,
  hosts_stale_at: staleAt,
  /** The worst heartbeat of the hosts. Trento does not say it: its health of a host leaves the heartbeat out. */
  hosts_heartbeat: healthSchema.exclude(["warning"]),
  /** The database's cluster and its SID once more, for older clients. */
  cluster_id: z.guid().nullable(),
  clusters_health: healthSchema,
  tenant: z.string(),
});
export type HealthSummary = z.infer<typeof healthSummarySchema>;

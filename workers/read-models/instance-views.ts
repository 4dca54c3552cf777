/** Instances as clients see them, from the read models. */
import type { DatabaseInstanceView } from "../../domain/database/view.ts";
import { healthOfStatus } from "../../domain/instance.ts";
import type { ApplicationInstanceView } from "../../domain/sap-system/view.ts";
import type { applicationInstances, databaseInstances } from "./tables.ts";

export function databaseInstanceView(row: typeof databaseInstances.$inferSelect): DatabaseInstanceView {
  return { ...row, sap_system_id: row.database_id, health: healthOfStatus(row.status) };
}

export function applicationInstanceView(
  row: typeof applicationInstances.$inferSelect,
): ApplicationInstanceView {
  return { ...row, health: healthOfStatus(row.status) };
}

/** Databases with what the list of databases tells of them besides. */
import type { DatabaseView } from "../../../domain/database/view.ts";
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import { sapSystemPath } from "../links/paths.ts";
import type { Named } from "../links/sid-links.tsx";
import { replicationSites } from "./replication-sites.ts";

export interface DatabaseRow extends DatabaseView {
  /** The SAP systems that have their data in it. */
  readonly systems: readonly Named[];
  /** `WDF → NBG`, or nothing for one that is not replicated. */
  readonly replication: string;
}

/** The SAP systems that have their data in a database. */
export function systemsOn(databaseId: string, systems: readonly SapSystemView[]): Named[] {
  return systems
    .filter(({ database_id }) => database_id === databaseId)
    .map(({ id, sid }) => ({ sid, path: sapSystemPath(id) }));
}

export function databaseRows(
  databases: readonly DatabaseView[],
  systems: readonly SapSystemView[] = [],
): DatabaseRow[] {
  return databases.map((database) => ({
    ...database,
    systems: systemsOn(database.id, systems),
    replication: replicationSites(database.database_instances)
      .map(({ name }) => name)
      .join(" → "),
  }));
}

/** SAP systems as clients see them, from the read models. */
import { and, asc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { DatabaseInstanceView } from "../../domain/database/view.ts";
import type { ApplicationInstanceView, SapSystemView } from "../../domain/sap-system/view.ts";
import type { Tag } from "../../domain/tag.ts";
import type { Database } from "./database.ts";
import { type Ids, isAmong } from "./identified.ts";
import { applicationInstanceView, databaseInstanceView } from "./instance-views.ts";
import { applicationInstances, databaseInstances, databases, sapSystems } from "./tables.ts";
import { byResource, selectTags } from "./tags-of.ts";
import type { Viewed } from "./viewed.ts";

interface Parts {
  readonly databaseSid: string | null;
  readonly application: ApplicationInstanceView[];
  readonly database: DatabaseInstanceView[];
  readonly tags: Tag[];
}

/** Instances that do not make a system yet are not shown. */
function toView(row: typeof sapSystems.$inferSelect, parts: Parts): SapSystemView | null {
  const { sid, tenant, db_host, database_id } = row;
  if (sid === null || tenant === null || db_host === null || database_id === null) return null;
  if (row.deregistered_at !== null) return null;
  return {
    id: row.id,
    sid,
    tenant,
    db_host,
    health: row.health,
    ensa_version: row.ensa_version,
    stale_at: row.stale_at,
    database_id,
    database_sid: parts.databaseSid ?? "",
    database_health: row.database_health,
    database_stale_at: row.database_stale_at,
    application_instances: parts.application,
    database_instances: parts.database,
    tags: parts.tags,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}

/** SAP systems by id, those that are gone with a null view. Without `ids` all systems, ordered by SID. */
export async function readSapSystems(db: Database, ids?: Ids): Promise<Map<string, Viewed<SapSystemView>>> {
  const asked =
    ids === undefined
      ? and(isNull(sapSystems.deregistered_at), isNotNull(sapSystems.sid))
      : isAmong(sapSystems.id, ids);
  const [rows, applicationRows, databaseRows, tagRows] = await db.batch([
    db
      // Renamed: the rows of a batch come by column names, and both tables have a `sid`.
      .select({ system: sapSystems, databaseSid: sql<string | null>`${databases.sid}`.as("database_sid") })
      .from(sapSystems)
      .leftJoin(databases, eq(databases.id, sapSystems.database_id))
      .where(asked)
      .orderBy(asc(sapSystems.sid), asc(sapSystems.id)),
    db
      .select()
      .from(applicationInstances)
      .where(isAmong(applicationInstances.sap_system_id, ids))
      .orderBy(asc(applicationInstances.instance_number), asc(applicationInstances.host_id)),
    db
      .select()
      .from(databaseInstances)
      .where(
        inArray(
          databaseInstances.database_id,
          db
            .select({ id: sql<string>`${sapSystems.database_id}` })
            .from(sapSystems)
            .where(asked),
        ),
      )
      .orderBy(asc(databaseInstances.instance_number), asc(databaseInstances.host_id)),
    selectTags(db, "sap_system", ids),
  ]);
  const application = Map.groupBy(applicationRows.map(applicationInstanceView), (one) => one.sap_system_id);
  const database = Map.groupBy(databaseRows.map(databaseInstanceView), (one) => one.database_id);
  const tagsOf = byResource(tagRows);
  return new Map(
    rows.map(({ system, databaseSid }) => [
      system.id,
      {
        version: system.version,
        name: system.sid,
        view: toView(system, {
          databaseSid,
          application: application.get(system.id) ?? [],
          database: database.get(system.database_id ?? "") ?? [],
          tags: tagsOf(system.id),
        }),
      },
    ]),
  );
}

/** Ids of the systems that keep their data in one of the databases. */
export async function systemsOn(db: Database, databaseIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: sapSystems.id })
    .from(sapSystems)
    .where(and(isAmong(sapSystems.database_id, databaseIds), isNotNull(sapSystems.sid)));
  return rows.map(({ id }) => id);
}

/** Databases as clients see them, from the read models. */
import { and, asc, isNotNull, isNull } from "drizzle-orm";
import type { DatabaseInstanceView, DatabaseView } from "../../domain/database/view.ts";
import type { Tag } from "../../domain/tag.ts";
import type { Database } from "./database.ts";
import { type Ids, isAmong } from "./identified.ts";
import { databaseInstanceView } from "./instance-views.ts";
import { databaseInstances, databases } from "./tables.ts";
import { byResource, selectTags } from "./tags-of.ts";
import type { Viewed } from "./viewed.ts";

function toView(
  row: typeof databases.$inferSelect,
  instances: DatabaseInstanceView[],
  tags: Tag[],
): DatabaseView | null {
  const { id, sid, health, stale_at, inserted_at, updated_at } = row;
  if (sid === null || row.deregistered_at !== null) return null;
  return { id, sid, health, stale_at, database_instances: instances, tags, inserted_at, updated_at };
}

/** A query for a batch: instances of databases, by number and host. */
function selectDatabaseInstances(db: Database, databaseIds: Ids) {
  return db
    .select()
    .from(databaseInstances)
    .where(isAmong(databaseInstances.database_id, databaseIds))
    .orderBy(asc(databaseInstances.instance_number), asc(databaseInstances.host_id));
}

/** Databases by id, those that are gone with a null view. Without `ids` all databases, ordered by SID. */
export async function readDatabases(db: Database, ids?: Ids): Promise<Map<string, Viewed<DatabaseView>>> {
  const [rows, instanceRows, tagRows] = await db.batch([
    db
      .select()
      .from(databases)
      .where(
        ids === undefined
          ? and(isNull(databases.deregistered_at), isNotNull(databases.sid))
          : isAmong(databases.id, ids),
      )
      .orderBy(asc(databases.sid), asc(databases.id)),
    selectDatabaseInstances(db, ids),
    selectTags(db, "database", ids),
  ]);
  const instances = Map.groupBy(instanceRows.map(databaseInstanceView), (one) => one.database_id);
  const tagsOf = byResource(tagRows);
  return new Map(
    rows.map((row) => [
      row.id,
      { version: row.version, name: row.sid, view: toView(row, instances.get(row.id) ?? [], tagsOf(row.id)) },
    ]),
  );
}

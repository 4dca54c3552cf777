/** Tags of resources, from the read models. */
import { and, asc, eq } from "drizzle-orm";
import type { Tag, TaggedResource } from "../../domain/tag.ts";
import type { Database } from "./database.ts";
import { type Ids, isAmong } from "./identified.ts";
import { tags } from "./tables.ts";

/** A query for a batch. */
export function selectTags(db: Database, type: TaggedResource, ids: Ids) {
  return db
    .select()
    .from(tags)
    .where(and(eq(tags.resource_type, type), isAmong(tags.resource_id, ids)))
    .orderBy(asc(tags.value));
}

export function byResource(rows: readonly Tag[]): (id: string) => Tag[] {
  const grouped = Map.groupBy(rows, (row) => row.resource_id);
  return (id) => grouped.get(id) ?? [];
}

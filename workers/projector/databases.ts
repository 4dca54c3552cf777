/** Read model `databases`. */
import type { Database, Statement } from "../read-models/database.ts";
import { databases } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type StoredDatabaseEvent } from "../subscription/typed-events.ts";
import { streamRow } from "./stream-row.ts";

type DatabaseColumns = Partial<typeof databases.$inferInsert>;

/** The columns that an event changes. */
function databaseColumns(event: StoredDatabaseEvent): DatabaseColumns {
  switch (event.type) {
    case "DatabaseRegistered":
      return { sid: event.data.sid, health: event.data.health };
    case "DatabaseHealthChanged":
      return { health: event.data.health };
    case "DatabaseTenantsUpdated":
      return { tenants: [...event.data.tenants] };
    case "DatabaseDataMarkedStale":
      return { stale_at: event.data.stale_at };
    case "DatabaseDataMarkedInSync":
      return { stale_at: null };
    case "DatabaseDeregistered":
      return { deregistered_at: event.data.deregistered_at };
    case "DatabaseRestored":
      return { deregistered_at: null, health: event.data.health };
    default:
      return {};
  }
}

export function projectDatabases(db: Database, progress: Progress): Statement[] {
  const found = streamRow(progress.stream.id, eventsOf("database", progress), databaseColumns);
  if (found === null) return [];
  return [
    db.insert(databases).values(found.row).onConflictDoUpdate({ target: databases.id, set: found.changed }),
  ];
}

/** Read model `sap_systems`. */
import type { Database, Statement } from "../read-models/database.ts";
import { sapSystems } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type StoredSapSystemEvent } from "../subscription/typed-events.ts";
import { streamRow } from "./stream-row.ts";

type SapSystemColumns = Partial<typeof sapSystems.$inferInsert>;

/** The columns that an event changes. */
function sapSystemColumns(event: StoredSapSystemEvent): SapSystemColumns {
  switch (event.type) {
    case "SapSystemRegistered": {
      const { sap_system_id, ...columns } = event.data;
      return columns;
    }
    case "SapSystemRestored": {
      const { sap_system_id, ...columns } = event.data;
      return { ...columns, deregistered_at: null };
    }
    case "SapSystemUpdated":
      return { ensa_version: event.data.ensa_version };
    case "SapSystemHealthChanged":
      return { health: event.data.health };
    case "SapSystemDatabaseHealthChanged":
      return { database_health: event.data.database_health };
    case "SapSystemDatabaseStaleAtChanged":
      return { database_stale_at: event.data.database_stale_at };
    case "SapSystemDataMarkedStale":
      return { stale_at: event.data.stale_at };
    case "SapSystemDataMarkedInSync":
      return { stale_at: null };
    case "SapSystemDeregistered":
      return { deregistered_at: event.data.deregistered_at };
    default:
      return {};
  }
}

export function projectSapSystems(db: Database, progress: Progress): Statement[] {
  const found = streamRow(progress.stream.id, eventsOf("sap_system", progress), sapSystemColumns);
  if (found === null) return [];
  return [
    db.insert(sapSystems).values(found.row).onConflictDoUpdate({ target: sapSystems.id, set: found.changed }),
  ];
}

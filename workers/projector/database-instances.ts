/** Read model `database_instances`. */
import { and, eq } from "drizzle-orm";
import type { DatabaseEvent } from "../../domain/database/index.ts";
import { replicationOf } from "../../domain/database/state.ts";
import type { InstanceName } from "../../domain/instance.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { databaseInstances as table } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type Stored } from "../subscription/typed-events.ts";
import { mergeUpdates, type Step } from "./merged-updates.ts";

type Columns = Partial<typeof table.$inferInsert>;
type Name = InstanceName & { readonly database_id: string };

function isInstance({ database_id, instance_number, host_id }: Name) {
  return and(
    eq(table.database_id, database_id),
    eq(table.instance_number, instance_number),
    eq(table.host_id, host_id),
  );
}

/** What an event does to the table; null for nothing. */
function stepOf(db: Database, event: Stored<DatabaseEvent>): Step<Name, Columns, Statement> | null {
  const updated_at = event.occurredAt;
  const change = (row: Name, columns: Columns) => ({ row, columns: { ...columns, updated_at } });
  switch (event.type) {
    case "DatabaseInstanceRegistered": {
      const row = { ...event.data, absent_at: null, stale_at: null, updated_at };
      const statement = db
        .insert(table)
        .values({ ...row, inserted_at: event.occurredAt })
        .onConflictDoUpdate({ target: [table.database_id, table.instance_number, table.host_id], set: row });
      return { rows: [event.data], statement };
    }
    case "DatabaseInstanceStatusChanged":
      return change(event.data, { status: event.data.status });
    case "DatabaseInstanceSystemReplicationChanged":
      return change(event.data, replicationOf(event.data));
    case "DatabaseInstanceMarkedAbsent":
      return change(event.data, { absent_at: event.data.absent_at });
    case "DatabaseInstanceMarkedPresent":
      return change(event.data, { absent_at: null });
    case "DatabaseInstanceDataMarkedStale":
      return change(event.data, { stale_at: event.data.stale_at });
    case "DatabaseInstanceDataMarkedInSync":
      return change(event.data, { stale_at: null });
    case "DatabaseInstanceDeregistered":
      return { rows: [event.data], statement: db.delete(table).where(isInstance(event.data)) };
    default:
      return null;
  }
}

export function projectDatabaseInstances(db: Database, progress: Progress): Statement[] {
  const steps = eventsOf("database", progress).flatMap((event) => stepOf(db, event) ?? []);
  return mergeUpdates(
    steps,
    (row, columns): Statement => db.update(table).set(columns).where(isInstance(row)),
  );
}

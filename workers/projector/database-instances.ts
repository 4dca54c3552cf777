/** Read model `database_instances`. */
import { and, eq } from "drizzle-orm";
import type { DatabaseEvent } from "../../domain/database/index.ts";
import { replicationOf } from "../../domain/database/state.ts";
import type { InstanceName } from "../../domain/instance.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { databaseInstances as table } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type Stored } from "../subscription/typed-events.ts";

type Columns = Partial<typeof table.$inferInsert>;
type Name = InstanceName & { readonly database_id: string };

function isInstance({ database_id, instance_number, host_id }: Name) {
  return and(
    eq(table.database_id, database_id),
    eq(table.instance_number, instance_number),
    eq(table.host_id, host_id),
  );
}

function change(db: Database, event: Stored<DatabaseEvent> & { data: Name }, columns: Columns): Statement {
  return db
    .update(table)
    .set({ ...columns, updated_at: event.occurredAt })
    .where(isInstance(event.data));
}

function statementFor(db: Database, event: Stored<DatabaseEvent>): Statement | null {
  switch (event.type) {
    case "DatabaseInstanceRegistered": {
      const row = { ...event.data, absent_at: null, stale_at: null, updated_at: event.occurredAt };
      return db
        .insert(table)
        .values({ ...row, inserted_at: event.occurredAt })
        .onConflictDoUpdate({ target: [table.database_id, table.instance_number, table.host_id], set: row });
    }
    case "DatabaseInstanceStatusChanged":
      return change(db, event, { status: event.data.status });
    case "DatabaseInstanceSystemReplicationChanged":
      return change(db, event, replicationOf(event.data));
    case "DatabaseInstanceMarkedAbsent":
      return change(db, event, { absent_at: event.data.absent_at });
    case "DatabaseInstanceMarkedPresent":
      return change(db, event, { absent_at: null });
    case "DatabaseInstanceDataMarkedStale":
      return change(db, event, { stale_at: event.data.stale_at });
    case "DatabaseInstanceDataMarkedInSync":
      return change(db, event, { stale_at: null });
    case "DatabaseInstanceDeregistered":
      return db.delete(table).where(isInstance(event.data));
    default:
      return null;
  }
}

export function projectDatabaseInstances(db: Database, progress: Progress): Statement[] {
  return eventsOf("database", progress).flatMap((event) => statementFor(db, event) ?? []);
}

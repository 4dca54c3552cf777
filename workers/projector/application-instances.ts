/** Read model `application_instances`. */
import { and, eq } from "drizzle-orm";
import type { InstanceName } from "../../domain/instance.ts";
import type { SapSystemEvent } from "../../domain/sap-system/index.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { applicationInstances as table } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type Stored } from "../subscription/typed-events.ts";

type Columns = Partial<typeof table.$inferInsert>;
type Name = InstanceName & { readonly sap_system_id: string };

function isInstance({ sap_system_id, instance_number, host_id }: Name) {
  return and(
    eq(table.sap_system_id, sap_system_id),
    eq(table.instance_number, instance_number),
    eq(table.host_id, host_id),
  );
}

function change(
  db: Database,
  { occurredAt }: Stored<SapSystemEvent>,
  instance: Name,
  columns: Columns,
): Statement {
  return db
    .update(table)
    .set({ ...columns, updated_at: occurredAt })
    .where(isInstance(instance));
}

function statementFor(db: Database, event: Stored<SapSystemEvent>): Statement | null {
  switch (event.type) {
    case "ApplicationInstanceRegistered": {
      const row = { ...event.data, absent_at: null, stale_at: null, updated_at: event.occurredAt };
      return db
        .insert(table)
        .values({ ...row, inserted_at: event.occurredAt })
        .onConflictDoUpdate({
          target: [table.sap_system_id, table.instance_number, table.host_id],
          set: row,
        });
    }
    case "ApplicationInstanceMoved": {
      const { sap_system_id, instance_number, old_host_id, new_host_id } = event.data;
      const old = { sap_system_id, instance_number, host_id: old_host_id };
      return change(db, event, old, { host_id: new_host_id });
    }
    case "ApplicationInstanceStatusChanged":
      return change(db, event, event.data, { status: event.data.status });
    case "ApplicationInstanceMarkedAbsent":
      return change(db, event, event.data, { absent_at: event.data.absent_at });
    case "ApplicationInstanceMarkedPresent":
      return change(db, event, event.data, { absent_at: null });
    case "ApplicationInstanceDataMarkedStale":
      return change(db, event, event.data, { stale_at: event.data.stale_at });
    case "ApplicationInstanceDataMarkedInSync":
      return change(db, event, event.data, { stale_at: null });
    case "ApplicationInstanceDeregistered":
      return db.delete(table).where(isInstance(event.data));
    default:
      return null;
  }
}

export function projectApplicationInstances(db: Database, progress: Progress): Statement[] {
  return eventsOf("sap_system", progress).flatMap((event) => statementFor(db, event) ?? []);
}

/** Read model `application_instances`. */
import { and, eq } from "drizzle-orm";
import type { InstanceName } from "../../domain/instance.ts";
import type { SapSystemEvent } from "../../domain/sap-system/index.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { applicationInstances as table } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type Stored } from "../subscription/typed-events.ts";
import { mergeUpdates, type Step } from "./merged-updates.ts";

type Columns = Partial<typeof table.$inferInsert>;
type Name = InstanceName & { readonly sap_system_id: string };

function isInstance({ sap_system_id, instance_number, host_id }: Name) {
  return and(
    eq(table.sap_system_id, sap_system_id),
    eq(table.instance_number, instance_number),
    eq(table.host_id, host_id),
  );
}

/** What an event does to the table; null for nothing. */
function stepOf(db: Database, event: Stored<SapSystemEvent>): Step<Name, Columns, Statement> | null {
  const updated_at = event.occurredAt;
  const change = (row: Name, columns: Columns) => ({ row, columns: { ...columns, updated_at } });
  switch (event.type) {
    case "ApplicationInstanceRegistered": {
      const row = { ...event.data, absent_at: null, stale_at: null, updated_at };
      const statement = db
        .insert(table)
        .values({ ...row, inserted_at: event.occurredAt })
        .onConflictDoUpdate({
          target: [table.sap_system_id, table.instance_number, table.host_id],
          set: row,
        });
      return { rows: [event.data], statement };
    }
    case "ApplicationInstanceMoved": {
      const { sap_system_id, instance_number, old_host_id, new_host_id } = event.data;
      const from = { sap_system_id, instance_number, host_id: old_host_id };
      const to = { ...from, host_id: new_host_id };
      const statement = db.update(table).set({ host_id: new_host_id, updated_at }).where(isInstance(from));
      return { rows: [from, to], statement };
    }
    case "ApplicationInstanceStatusChanged":
      return change(event.data, { status: event.data.status });
    case "ApplicationInstanceMarkedAbsent":
      return change(event.data, { absent_at: event.data.absent_at });
    case "ApplicationInstanceMarkedPresent":
      return change(event.data, { absent_at: null });
    case "ApplicationInstanceDataMarkedStale":
      return change(event.data, { stale_at: event.data.stale_at });
    case "ApplicationInstanceDataMarkedInSync":
      return change(event.data, { stale_at: null });
    case "ApplicationInstanceDeregistered":
      return { rows: [event.data], statement: db.delete(table).where(isInstance(event.data)) };
    default:
      return null;
  }
}

export function projectApplicationInstances(db: Database, progress: Progress): Statement[] {
  const steps = eventsOf("sap_system", progress).flatMap((event) => stepOf(db, event) ?? []);
  return mergeUpdates(
    steps,
    (row, columns): Statement => db.update(table).set(columns).where(isInstance(row)),
  );
}

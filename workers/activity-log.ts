/** Writes what people did into the activity log, and tells those who watch it. */
import type { ActivityEntry } from "../domain/activity-log/entry.ts";
import { severityOf } from "../domain/activity-log/severity.ts";
import type { Bindings } from "./bindings.ts";
import { insertEntries } from "./read-models/activity-log-writes.ts";
import { databaseOf, runTogether } from "./read-models/database.ts";
import { type News, tell } from "./rooms.ts";

/** No resource: an event of the same version is news whenever it comes. */
const LOG = "00000000-0000-0000-0000-000000000000";
export const newEntries: News = {
  changes: [{ id: LOG, version: 0, events: ["activity_logged"], resource: null }],
  messages: [],
};

export type Activity = Pick<ActivityEntry, "type" | "actor" | "metadata">;

/** @throws when it could not be written */
export async function record(env: Bindings, activity: Activity): Promise<void> {
  const db = databaseOf(env);
  const entry: ActivityEntry = {
    ...activity,
    id: crypto.randomUUID(),
    severity: severityOf(activity.type, activity.metadata),
    occurred_on: new Date().toISOString(),
  };
  await runTogether(db, insertEntries(db, [entry]));
  await tell(env, "activity_log", async () => newEntries);
}

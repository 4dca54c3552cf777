/** Writes what people did into the activity log, and tells those who watch it. */
import type { ActivityEntry } from "../domain/activity-log/entry.ts";
import { severityOf } from "../domain/activity-log/severity.ts";
import type { Bindings } from "./bindings.ts";
import { countAgain, insertEntries } from "./read-models/activity-log-writes.ts";
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
  await write(env, activity);
  await tell(env, "activity_log", async () => newEntries);
}

/** Milliseconds within which attempts that failed are one entry. */
const TOGETHER = 60_000;
/** Entries of such attempts within that time: then all are counted in the last of them, whoever they are of. */
const MOST_ENTRIES = 20;

/**
 * An attempt that failed. Anybody may make them, as many as they like: those under the same name or from the same address are
 * one entry, with their number.
 * @throws when it could not be written
 */
export async function recordFailure(env: Bindings, activity: Activity): Promise<void> {
  const now = Date.now();
  const { type, actor, metadata } = activity;
  const counted = await countAgain(databaseOf(env), {
    type,
    actor,
    address: typeof metadata.address === "string" ? metadata.address : null,
    since: new Date(now - TOGETHER).toISOString(),
    now: new Date(now).toISOString(),
    most: MOST_ENTRIES,
  });
  if (!counted) await write(env, activity);
  await tell(env, "activity_log", async () => newEntries);
}

async function write(env: Bindings, activity: Activity): Promise<void> {
  const db = databaseOf(env);
  const entry: ActivityEntry = {
    ...activity,
    id: crypto.randomUUID(),
    severity: severityOf(activity.type, activity.metadata),
    occurred_on: new Date().toISOString(),
  };
  await runTogether(db, insertEntries(db, [entry]));
}

/** How long the activity log is kept. */
import { DEFAULT_RETENTION, type RetentionTime } from "../../domain/activity-log/retention.ts";
import type { Database } from "./database.ts";
import { activityLogSettings } from "./tables.ts";

export async function readRetentionTime(db: Database): Promise<RetentionTime> {
  const [row] = await db.select().from(activityLogSettings);
  return row === undefined ? DEFAULT_RETENTION : { value: row.value, unit: row.unit };
}

export async function writeRetentionTime(db: Database, time: RetentionTime): Promise<void> {
  await db
    .insert(activityLogSettings)
    .values({ only: 1, ...time })
    .onConflictDoUpdate({ target: activityLogSettings.only, set: time });
}

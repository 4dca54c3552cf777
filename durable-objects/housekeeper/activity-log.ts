/** Takes entries out of the activity log that are kept no longer. */
import { z } from "zod";
import { DEFAULT_RETENTION, keptSince, retentionTimeSchema } from "../../domain/activity-log/retention.ts";

/** Rows of one statement: the platform ends one that takes long. */
const AT_ONCE = 5_000;

export async function cleanActivityLog({ DB }: { readonly DB: D1Database }): Promise<void> {
  const row = await DB.prepare("SELECT value, unit FROM activity_log_settings").first();
  const time = z.nullable(retentionTimeSchema).parse(row) ?? DEFAULT_RETENTION;
  const since = keptSince(time, Date.now());
  for (;;) {
    const { meta } = await DB.prepare(
      "DELETE FROM activity_logs WHERE id IN (SELECT id FROM activity_logs WHERE occurred_on < ? ORDER BY occurred_on LIMIT ?)",
    )
      .bind(since, AT_ONCE)
      .run();
    if (meta.changes < AT_ONCE) return;
  }
}

/** Read model `activity_logs`, as far as it follows from events. After the other tables: the names are looked up there. */
import { entryOfEvent } from "../../domain/activity-log/entry.ts";
import { insertEntries } from "../read-models/activity-log-writes.ts";
import type { Database, Statement } from "../read-models/database.ts";
import type { Progress } from "../subscription/progress.ts";

/** Streams of the landscape and of its agents. Executions have a history of their own. */
export const loggedStreams = ["host", "cluster", "database", "sap_system", "agent"] as const;

export function projectActivityLog(db: Database, { stream, events }: Progress): Statement[] {
  if (!loggedStreams.some((type) => type === stream.type)) return [];
  return insertEntries(
    db,
    events.flatMap((event) => entryOfEvent(event) ?? []),
  );
}

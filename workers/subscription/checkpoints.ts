/** Checkpoints of a subscriber in D1. */
import { and, eq, sql } from "drizzle-orm";
import { streamKey } from "../../durable-objects/event-stream/events.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { checkpoints } from "../read-models/tables.ts";
import type { Progress } from "./progress.ts";

/** Last applied versions by stream; a stream without a checkpoint is left out. */
export async function readCheckpointsOf(
  db: Database,
  subscriber: string,
  streams: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .select({ stream: checkpoints.stream, version: checkpoints.version })
    .from(checkpoints)
    .where(
      and(
        eq(checkpoints.subscriber, subscriber),
        // One parameter, however many streams: the platform takes 100.
        sql`${checkpoints.stream} IN (SELECT value FROM json_each(${JSON.stringify(streams)}))`,
      ),
    );
  return new Map(rows.map(({ stream, version }) => [stream, version]));
}

/** Moves a checkpoint; fails, with the batch it is part of, when somebody else has moved it (a trigger sees to it). */
export function advanceCheckpoint(
  db: Database,
  subscriber: string,
  progress: Pick<Progress, "stream" | "previous" | "reached">,
): Statement {
  const moved = { version: progress.reached, previous: progress.previous };
  return db
    .insert(checkpoints)
    .values({ stream: streamKey(progress.stream), subscriber, ...moved })
    .onConflictDoUpdate({ target: [checkpoints.stream, checkpoints.subscriber], set: moved });
}

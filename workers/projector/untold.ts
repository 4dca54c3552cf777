/**
 * Rows may be written and nobody told of them: when a message is given up at last, the checkpoint is past it, and nobody sends
 * it again. So what comes again is remembered with its rows until it is told; what comes for the first time needs no memory,
 * since it comes again.
 */
import { and, eq, gt, lte } from "drizzle-orm";
import { inBatches } from "../../durable-objects/batches.ts";
import { streamKey } from "../../durable-objects/event-stream/events.ts";
import { streamStub } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { untold } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";

export function rememberUntold(db: Database, progress: readonly Progress[]): Statement[] {
  return progress
    .filter(({ isRetried }) => isRetried)
    .map(({ stream, reached }) =>
      db
        .insert(untold)
        .values({ stream: streamKey(stream), version: reached })
        .onConflictDoNothing(),
    );
}

/** All was told. Of a repeated nudge all up to its checkpoint is told again; of others, what is new. */
export function forgetTold(db: Database, progress: readonly Progress[]): Statement[] {
  return progress
    .filter(({ previous, reached, isRetried }) => isRetried || reached <= previous)
    .map(({ stream, previous, reached }) => {
      const after = reached > previous ? previous : 0;
      return db
        .delete(untold)
        .where(
          and(eq(untold.stream, streamKey(stream)), gt(untold.version, after), lte(untold.version, reached)),
        );
    });
}

/** Their alarms may be gone already: all seemed to be heard. One that cannot be reached is left to the housekeeper. */
export async function wakeUntold(env: Bindings, progress: readonly Progress[]): Promise<void> {
  await inBatches(
    progress.filter(({ isRetried }) => isRetried),
    ({ stream }) =>
      streamStub(env, stream)
        .look({})
        .catch(() => undefined),
  );
}

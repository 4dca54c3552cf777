/** Reads where the subscribers stand on one stream. */
import type { ReadCheckpoints } from "./subscribers.ts";

export function readCheckpoints(db: D1Database): ReadCheckpoints {
  return async (stream) => {
    const { results } = await db
      .prepare("SELECT subscriber, version FROM checkpoints WHERE stream = ?")
      .bind(stream)
      .all<{ subscriber: string; version: number }>();
    return new Map(results.map(({ subscriber, version }) => [subscriber, version]));
  };
}

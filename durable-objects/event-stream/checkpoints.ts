/** Reads where the subscribers stand on one stream, and in the same breath whether third parties want to be told. */
import { z } from "zod";
import { learnWhetherWanted, wantedBy } from "../webhook-interest.ts";
import type { ReadCheckpoints } from "./subscribers.ts";

const rowSchema = z.object({ subscriber: z.string(), version: z.number() });

export function readCheckpoints(db: D1Database): ReadCheckpoints {
  return async (stream) => {
    const at = Date.now();
    const ofStream = db.prepare("SELECT subscriber, version FROM checkpoints WHERE stream = ?").bind(stream);
    const [checkpoints, endpoints] = await db.batch([ofStream, wantedBy(db)]);
    learnWhetherWanted(db, (endpoints?.results ?? []).length > 0, at);
    const rows = z.array(rowSchema).parse(checkpoints?.results);
    return new Map(rows.map(({ subscriber, version }) => [subscriber, version]));
  };
}

/**
 * Reads where the subscribers stand, for all streams of the isolate that ask at the same time, and in the same breath whether
 * third parties want to be told.
 */
import { z } from "zod";
import { learnWhetherWanted, wantedBy } from "../webhook-interest.ts";
import { Gathering, runtime } from "./gathering.ts";
import { PROJECTOR, type ReadCheckpoints } from "./subscribers.ts";

const rowsSchema = z.array(z.object({ stream: z.string(), subscriber: z.string(), version: z.number() }));
type ByStream = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Streams that one statement asks for. */
const ASKED_AT_ONCE = 500;

async function read(db: D1Database, streams: readonly string[]): Promise<ByStream> {
  const at = Date.now();
  const ofStreams = db
    .prepare(
      // What is projected and not told is sent once more.
      `SELECT stream, subscriber, CASE subscriber WHEN ? THEN min(version, coalesce(
         (SELECT min(untold.version) - 1 FROM untold WHERE untold.stream = checkpoints.stream), version
       )) ELSE version END AS version
       FROM checkpoints WHERE stream IN (SELECT value FROM json_each(?))`,
    )
    .bind(PROJECTOR, JSON.stringify(streams));
  const [checkpoints, endpoints] = await db.batch([ofStreams, wantedBy(db)]);
  learnWhetherWanted(db, (endpoints?.results ?? []).length > 0, at);
  const rows = Map.groupBy(rowsSchema.parse(checkpoints?.results), ({ stream }) => stream);
  return new Map(
    [...rows].map(([stream, own]) => [
      stream,
      new Map(own.map(({ subscriber, version }) => [subscriber, version])),
    ]),
  );
}

const byDatabase = new WeakMap<D1Database, Gathering<string, ByStream>>();

function gathered(db: D1Database): Gathering<string, ByStream> {
  const known =
    byDatabase.get(db) ??
    new Gathering<string, ByStream>({
      work: (streams) => read(db, streams),
      fitting: (streams) => Math.min(streams.length, ASKED_AT_ONCE),
      ...runtime,
    });
  byDatabase.set(db, known);
  return known;
}

export function readCheckpoints(db: D1Database): ReadCheckpoints {
  return async (stream) => {
    const [answer] = await gathered(db).ask([stream]);
    return answer?.get(stream) ?? new Map();
  };
}

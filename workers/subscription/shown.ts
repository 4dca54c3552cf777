/** What others are told of is readable by then: they ask the API at once. */
import { streamKey } from "../../durable-objects/event-stream/events.ts";
import { PROJECTOR } from "../../durable-objects/event-stream/subscribers.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { readCheckpointsOf } from "./checkpoints.ts";
import type { Progress } from "./progress.ts";

/** Milliseconds between two looks, and how often: a projector that stands still holds up nobody for long. */
const PAUSE = 50;
const LOOKS = 40;

/** Waits until the read models have what is told of, for two seconds at most. */
export async function untilShown(
  env: Bindings,
  progress: readonly Pick<Progress, "stream" | "reached">[],
): Promise<void> {
  if (progress.length === 0) return;
  const wanted = new Map(progress.map(({ stream, reached }) => [streamKey(stream), reached]));
  for (let look = 0; look < LOOKS; look += 1) {
    const shown = await readCheckpointsOf(databaseOf(env), PROJECTOR, [...wanted.keys()]);
    for (const [stream, version] of shown) if (version >= (wanted.get(stream) ?? 0)) wanted.delete(stream);
    if (wanted.size === 0) return;
    await scheduler.wait(PAUSE);
  }
}

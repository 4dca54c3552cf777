/** A subscriber whose work has one effect however often it is repeated: its checkpoint is moved after all of it. */
import type { NudgeMessage } from "../../durable-objects/event-stream/events.ts";
import { readEventsOf } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf, runTogether } from "../read-models/database.ts";
import { advanceCheckpoint, readCheckpointsOf } from "./checkpoints.ts";
import { consume } from "./consume.ts";
import { observed } from "./observed.ts";
import type { Progress } from "./progress.ts";

/** @param work gets what was not applied yet */
export function subscriber(name: string, work: (fresh: readonly Progress[], env: Bindings) => Promise<void>) {
  return async (messages: readonly Message<NudgeMessage>[], env: Bindings): Promise<void> => {
    const db = databaseOf(env);
    const ports = observed(name, {
      readCheckpoints: (streams) => readCheckpointsOf(db, name, streams),
      readEvents: readEventsOf(env),
      apply: async (progress) => {
        const fresh = progress.filter(({ previous, reached }) => reached > previous);
        await work(fresh, env);
        await runTogether(
          db,
          fresh.map((one) => advanceCheckpoint(db, name, one)),
        );
      },
    });
    await consume(messages, ports);
  };
}

/** The process manager: what has to follow when something happened, across aggregates. */
import type { Nudge } from "../../durable-objects/event-stream/events.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf, runTogether } from "../read-models/database.ts";
import { advanceCheckpoint, readCheckpointsOf } from "../subscription/checkpoints.ts";
import { consume } from "../subscription/consume.ts";
import { hostEventsOf } from "../subscription/host-events.ts";
import { readEventsOf } from "../subscription/streams.ts";
import { reactToHost } from "./host-reactions.ts";

export const PROCESS_MANAGER = "process-manager";

/** Every reaction has one effect however often it is repeated, so the checkpoint may be moved after all of them. */
export async function react(messages: readonly Message<Nudge>[], env: Bindings): Promise<void> {
  const db = databaseOf(env);
  await consume(messages, {
    readCheckpoints: (streams) => readCheckpointsOf(db, PROCESS_MANAGER, streams),
    readEvents: readEventsOf(env),
    apply: async (progress) => {
      const fresh = progress.filter(({ previous, reached }) => reached > previous);
      await Promise.all(
        fresh.map(async (one) => {
          for (const event of hostEventsOf(one)) await reactToHost(event, env);
        }),
      );
      await runTogether(
        db,
        fresh.map((one) => advanceCheckpoint(db, PROCESS_MANAGER, one)),
      );
    },
  });
}

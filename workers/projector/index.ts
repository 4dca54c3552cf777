/** The projector: turns events into read models, and tells the rooms. */
import type { Nudge } from "../../durable-objects/event-stream/events.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf, runTogether } from "../read-models/database.ts";
import { tellRoom } from "../rooms.ts";
import { advanceCheckpoint, readCheckpointsOf } from "../subscription/checkpoints.ts";
import { consume } from "../subscription/consume.ts";
import type { Progress } from "../subscription/progress.ts";
import { readEventsOf } from "../subscription/streams.ts";
import { hostChanges } from "./changes.ts";
import { projectHosts } from "./hosts.ts";
import { projectSlesSubscriptions } from "./sles-subscriptions.ts";

export const PROJECTOR = "projector";

export async function project(messages: readonly Message<Nudge>[], env: Bindings): Promise<void> {
  const db = databaseOf(env);
  await consume(messages, {
    readCheckpoints: (streams) => readCheckpointsOf(db, PROJECTOR, streams),
    readEvents: readEventsOf(env),
    apply: async (progress: readonly Progress[]) => {
      const statements = progress
        .filter(({ previous, reached }) => reached > previous)
        .flatMap((one) => [
          ...projectHosts(db, one),
          ...projectSlesSubscriptions(db, one),
          advanceCheckpoint(db, PROJECTOR, one),
        ]);
      await runTogether(db, statements);
      await tellRoom(env, "hosts", () => hostChanges(db, progress));
    },
  });
}

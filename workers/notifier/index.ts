/** The notifier: reports what alerts, and what is over, to the mailroom. */
import type { Nudge } from "../../durable-objects/event-stream/events.ts";
import { mailroomStub } from "../../durable-objects/mailroom.ts";
import { readEventsOf } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf, runTogether } from "../read-models/database.ts";
import { advanceCheckpoint, readCheckpointsOf } from "../subscription/checkpoints.ts";
import { consume } from "../subscription/consume.ts";
import { reportsOf } from "./reports.ts";

export const NOTIFIER = "notifier";

/** The mailroom knows what was reported, so the checkpoint may be moved after all of it. */
export async function notify(messages: readonly Message<Nudge>[], env: Bindings): Promise<void> {
  const db = databaseOf(env);
  await consume(messages, {
    readCheckpoints: (streams) => readCheckpointsOf(db, NOTIFIER, streams),
    readEvents: readEventsOf(env),
    apply: async (progress) => {
      const fresh = progress.filter(({ previous, reached }) => reached > previous);
      const reports = await reportsOf(
        env.DB,
        fresh.flatMap(({ events }) => events),
      );
      if (reports.length > 0) await mailroomStub(env).report(reports);
      await runTogether(
        db,
        fresh.map((one) => advanceCheckpoint(db, NOTIFIER, one)),
      );
    },
  });
}

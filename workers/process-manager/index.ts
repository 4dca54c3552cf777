/** The process manager: what has to follow when something happened, across aggregates. */
import type { Nudge } from "../../durable-objects/event-stream/events.ts";
import { readEventsOf } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf, runTogether } from "../read-models/database.ts";
import { advanceCheckpoint, readCheckpointsOf } from "../subscription/checkpoints.ts";
import { consume } from "../subscription/consume.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf } from "../subscription/typed-events.ts";
import { reactToCluster } from "./cluster-reactions.ts";
import { reactToDatabase } from "./database-reactions.ts";
import { reactToExecution } from "./execution-reactions.ts";
import { reactToHost } from "./host-reactions.ts";
import { reactToSapSystem } from "./sap-system-reactions.ts";

export const PROCESS_MANAGER = "process-manager";

/** The events of one stream are reacted to in order. */
async function reactTo(progress: Progress, env: Bindings): Promise<void> {
  for (const event of eventsOf("host", progress)) await reactToHost(event, env);
  for (const event of eventsOf("cluster", progress)) await reactToCluster(event, env);
  for (const event of eventsOf("database", progress)) await reactToDatabase(event, env);
  for (const event of eventsOf("sap_system", progress)) await reactToSapSystem(event, env);
  for (const event of eventsOf("execution", progress)) await reactToExecution(event, env);
}

/** Every reaction has one effect however often it is repeated, so the checkpoint may be moved after all of them. */
export async function react(messages: readonly Message<Nudge>[], env: Bindings): Promise<void> {
  const db = databaseOf(env);
  await consume(messages, {
    readCheckpoints: (streams) => readCheckpointsOf(db, PROCESS_MANAGER, streams),
    readEvents: readEventsOf(env),
    apply: async (progress) => {
      const fresh = progress.filter(({ previous, reached }) => reached > previous);
      await Promise.all(fresh.map((one) => reactTo(one, env)));
      await runTogether(
        db,
        fresh.map((one) => advanceCheckpoint(db, PROCESS_MANAGER, one)),
      );
    },
  });
}

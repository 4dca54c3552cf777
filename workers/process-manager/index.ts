/** The process manager: what has to follow when something happened, across aggregates. */
import type { Bindings } from "../bindings.ts";
import type { Progress } from "../subscription/progress.ts";
import { subscriber } from "../subscription/subscriber.ts";
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

export const react = subscriber(PROCESS_MANAGER, async (fresh, env) => {
  await Promise.all(fresh.map((one) => reactTo(one, env)));
});

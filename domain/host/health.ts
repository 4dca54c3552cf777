/** Health of a host (rule 10): the worst of what was judged. */
import { aggregateHealth, type Health } from "../health.ts";
import type { HostHealthDetails } from "./state.ts";

/** Checks and saptune count unless `unknown`; software updates count unless `not_set`, so their `unknown` does count. */
export function hostHealth(details: HostHealthDetails): Health {
  const judged: Health[] = [];
  if (details.checks_health !== "unknown") judged.push(details.checks_health);
  if (details.saptune_health !== "unknown") judged.push(details.saptune_health);
  if (details.software_updates_discovery_health !== "not_set") {
    judged.push(details.software_updates_discovery_health);
  }
  return aggregateHealth(judged);
}

/** Health and its algebra (`unknown` is worse than `critical`: what cannot be judged may be worst of all). */
import { z } from "zod";

export const healthSchema = z.enum(["passing", "warning", "critical", "unknown"]);
export type Health = z.infer<typeof healthSchema>;

/** Health of a host's software updates; `not_set` means that nobody looked, which is not the same as `unknown`. */
export const softwareUpdatesHealthSchema = z.enum(["passing", "warning", "critical", "unknown", "not_set"]);
export type SoftwareUpdatesHealth = z.infer<typeof softwareUpdatesHealthSchema>;

const weight: Record<Health, number> = { passing: 0, warning: 1, critical: 2, unknown: 3 };

/**
 * The worst of several healths.
 * @returns `unknown` for an empty list: nothing was judged.
 */
export function aggregateHealth(healths: readonly Health[]): Health {
  const [first, ...rest] = healths;
  if (first === undefined) return "unknown";
  return rest.reduce((worst, health) => (weight[health] > weight[worst] ? health : worst), first);
}

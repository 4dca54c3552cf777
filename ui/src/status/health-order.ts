/** The order of healths, and how often each is there. */
import type { Health } from "../../../domain/health.ts";

/** As they are counted, from the best. */
export const healths: readonly Health[] = ["passing", "warning", "critical", "unknown"];

const worstFirst: readonly Health[] = ["unknown", "critical", "warning", "passing"];

/** The worst first when sorted upwards: that is what one looks for. What cannot be judged may be worst of all. */
export function severityOf(health: Health): number {
  return worstFirst.indexOf(health);
}

export function countHealths(things: readonly { readonly health: Health }[]): Record<Health, number> {
  const counts = { passing: 0, warning: 0, critical: 0, unknown: 0 };
  for (const { health } of things) counts[health] += 1;
  return counts;
}

/** Which of several healths is shown. */
import type { Health } from "../../../domain/health.ts";

/**
 * What most needs attention first. Here a known failure goes before what cannot be judged: who asks for what is
 * critical must be shown everything that has something critical, though something else of it may be unknown.
 */
const mostUrgentFirst: readonly Health[] = ["critical", "warning", "unknown", "passing"];

export function mostUrgentOf(healths: readonly Health[]): Health {
  return mostUrgentFirst.find((health) => healths.includes(health)) ?? "unknown";
}

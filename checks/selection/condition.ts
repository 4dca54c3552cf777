/** Conditions in a check's definition. */
import type { PreparedScope } from "../evaluator.ts";

/** Nothing but true itself holds; a condition that fails does not. */
export function holds(expression: string, scope: PreparedScope): boolean {
  const outcome = scope.evaluate(expression);
  return outcome.ok && outcome.value === true;
}

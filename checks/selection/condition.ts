/** Conditions in a check's definition. */
import type { PreparedScope } from "../evaluator.ts";
import type { Steps } from "../steps.ts";

/** Nothing but true itself holds; a condition that fails does not. */
export function holds(expression: string, scope: PreparedScope): boolean {
  const outcome = scope.evaluate(expression);
  return outcome.ok && outcome.value === true;
}

/** @returns the index of the first that holds, those after it are not asked; null where none does */
export function* firstThatHolds(expressions: readonly string[], scope: PreparedScope): Steps<number | null> {
  for (const [index, expression] of expressions.entries()) {
    if (holds(expression, scope)) return index;
    yield;
  }
  return null;
}

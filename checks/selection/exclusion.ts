/** Whether a check is left out on one target. */
import type { CheckDefinition } from "../definition.ts";
import type { Evaluator } from "../evaluator.ts";

export interface Exclusion {
  readonly isExcluded: boolean;
  /** What is wrong with the script, which then excludes nothing; null when nothing is. */
  readonly warning: string | null;
}

/** @param host the target's attributes, as `is_majority_maker` */
export function exclusionOf(
  { exclude }: Pick<CheckDefinition, "exclude">,
  host: Readonly<Record<string, unknown>>,
  evaluator: Evaluator,
): Exclusion {
  if (exclude === null) return { isExcluded: false, warning: null };
  const outcome = evaluator.prepare({ host }).evaluate(exclude);
  if (!outcome.ok) return { isExcluded: false, warning: outcome.message };
  if (typeof outcome.value === "boolean") return { isExcluded: outcome.value, warning: null };
  return { isExcluded: false, warning: "The expression gives neither true nor false" };
}

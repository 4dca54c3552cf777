/** Whether a check concerns a target. */

import type { CheckDefinition } from "../definition.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Steps } from "../steps.ts";
import { holds } from "./condition.ts";

/** What is known of the target, as `provider` or `cluster_type`. */
export type Environment = Readonly<Record<string, unknown>>;

/** Types count: "true" is not true. A list has what any of its elements has. */
function matches(wanted: unknown, value: unknown): boolean {
  return Array.isArray(wanted) ? wanted.some((one) => matches(one, value)) : wanted === value;
}

/**
 * Of every key of the environment that the check's metadata knows, the value must fit. A key of the metadata that the
 * environment lacks excludes nothing.
 */
export function matchesMetadata({ metadata }: CheckDefinition, env: Environment): boolean {
  if (metadata === null) return true;
  return Object.entries(env).every(([key, value]) => {
    const wanted = Object.hasOwn(metadata, key) ? metadata[key] : null;
    return wanted === null || wanted === undefined || matches(wanted, value);
  });
}

function isWanted({ when }: CheckDefinition, env: Environment, evaluator: Evaluator): boolean {
  return when === null || holds(when, evaluator.prepare({ env }));
}

/** An empty environment asks for all checks. */
export function applies(check: CheckDefinition, env: Environment, evaluator: Evaluator): boolean {
  if (Object.keys(env).length === 0) return true;
  return matchesMetadata(check, env) && isWanted(check, env, evaluator);
}

/** Those of the checks that concern the target. */
export function* concerning<Check extends CheckDefinition>(
  checks: readonly Check[],
  env: Environment,
  evaluator: Evaluator,
): Steps<Check[]> {
  const found: Check[] = [];
  for (const check of checks) {
    if (applies(check, env, evaluator)) found.push(check);
    yield;
  }
  return found;
}

/** Those of the named checks that are known and concern the target; names that nobody knows are passed over. */
export function selectChecks<Check extends CheckDefinition>(
  known: readonly Check[],
  ids: readonly string[],
  env: Environment,
  evaluator: Evaluator,
): Steps<Check[]> {
  const asked = new Set(ids);
  return concerning(
    known.filter(({ id }) => asked.has(id)),
    env,
    evaluator,
  );
}

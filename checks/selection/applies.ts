/** Whether a check concerns a target. */

import type { CheckDefinition } from "../definition.ts";
import type { Allotment } from "../evaluation/allotment.ts";
import type { Steps } from "../steps.ts";

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

function* matching<Check extends CheckDefinition>(
  checks: readonly Check[],
  env: Environment,
): Steps<Check[]> {
  const found: Check[] = [];
  for (const check of checks) {
    if (matchesMetadata(check, env)) found.push(check);
    yield;
  }
  return found;
}

/** Those of the checks that concern the target. An empty environment asks for all. */
export async function concerning<Check extends CheckDefinition>(
  checks: readonly Check[],
  env: Environment,
  allotment: Allotment,
): Promise<Check[]> {
  if (Object.keys(env).length === 0) return [...checks];
  const found = await allotment.evaluation.inTurns(matching(checks, env));
  const asked = found.flatMap(({ when }) => (when === null ? [] : [{ env, expressions: [when] }]));
  const held = await allotment.work("conditions", asked);
  let next = 0;
  return found.filter(({ when }) => when === null || held[next++] === 0);
}

/** Those of the named checks that are known and concern the target; names that nobody knows are passed over. */
export function selectChecks<Check extends CheckDefinition>(
  known: readonly Check[],
  ids: readonly string[],
  env: Environment,
  allotment: Allotment,
): Promise<Check[]> {
  const asked = new Set(ids);
  return concerning(
    known.filter(({ id }) => asked.has(id)),
    env,
    allotment,
  );
}

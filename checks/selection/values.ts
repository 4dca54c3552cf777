/** The values that a check's expectations are given. */
import type { CustomValues } from "../customization/customizable.ts";
import type { CheckDefinition, ValueDeclaration } from "../definition.ts";
import type { Allotment } from "../evaluation/allotment.ts";
import { taskSteps } from "../evaluation/tasks.ts";
import type { Evaluator } from "../evaluator.ts";
import type { ResolvedValue } from "../results.ts";
import { finish } from "../steps.ts";
import type { Environment } from "./applies.ts";

function conditionsOf({ conditions }: ValueDeclaration, env: Environment) {
  return { env, expressions: conditions.map(({ expression }) => expression) };
}

/** Those whose value depends on conditions: what was stored for the check and the group takes the place of all else. */
function open(check: CheckDefinition, custom: CustomValues): ValueDeclaration[] {
  return check.values.filter(({ name, conditions }) => conditions.length > 0 && !custom.has(name));
}

/** @param met of each that is open, in their order: the first condition that holds */
function resolved(
  check: CheckDefinition,
  custom: CustomValues,
  met: readonly (number | null)[],
): ResolvedValue[] {
  const first = new Map(open(check, custom).map((declared, index) => [declared, met[index] ?? null]));
  return check.values.map((declared): ResolvedValue => {
    const { name, conditions, default: otherwise } = declared;
    const set = custom.get(name);
    if (set !== undefined) return { name, value: set, customized: true };
    const index = first.get(declared) ?? null;
    const condition = index === null ? undefined : conditions[index];
    return { name, value: condition === undefined ? otherwise : condition.value, customized: false };
  });
}

/** Of many checks. @param customOf what the group has set for itself, by check */
export async function resolveAll<Check extends CheckDefinition>(
  checks: readonly Check[],
  env: Environment,
  customOf: (check: Check) => CustomValues,
  allotment: Allotment,
): Promise<ResolvedValue[][]> {
  const tasks = checks.map((check) => open(check, customOf(check)).map((one) => conditionsOf(one, env)));
  const met = await allotment.work("conditions", tasks.flat());
  let next = 0;
  return checks.map((check, index) => {
    const begin = next;
    next += tasks[index]?.length ?? 0;
    return resolved(check, customOf(check), met.slice(begin, next));
  });
}

/** Of one check, at once. */
export function resolveValues(
  check: CheckDefinition,
  env: Environment,
  custom: CustomValues,
  evaluator: Evaluator,
): ResolvedValue[] {
  const met = open(check, custom).map((declared) =>
    finish(taskSteps("conditions", conditionsOf(declared, env), evaluator)),
  );
  return resolved(check, custom, met);
}

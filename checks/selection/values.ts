/** The values that a check's expectations are given. */
import type { CustomValues } from "../customization/customizable.ts";
import type { CheckDefinition, ValueDeclaration } from "../definition.ts";
import type { Evaluator, PreparedScope } from "../evaluator.ts";
import type { ResolvedValue } from "../results.ts";
import type { Environment } from "./applies.ts";
import { holds } from "./condition.ts";

/** The first condition that holds gives the value. */
function valueIn({ conditions, default: otherwise }: ValueDeclaration, scope: PreparedScope) {
  const met = conditions.find(({ expression }) => holds(expression, scope));
  return met === undefined ? otherwise : met.value;
}

/** @param customized what was stored for the check and the group, by the value's name: it takes the place of all else */
export function resolveValues(
  check: CheckDefinition,
  env: Environment,
  customized: CustomValues,
  evaluator: Evaluator,
): ResolvedValue[] {
  const scope = evaluator.prepare({ env });
  return check.values.map((declared): ResolvedValue => {
    const custom = customized.get(declared.name);
    return custom === undefined
      ? { name: declared.name, value: valueIn(declared, scope), customized: false }
      : { name: declared.name, value: custom, customized: true };
  });
}

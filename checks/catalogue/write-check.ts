/** Writes a check as a file of a catalogue has it: what `readCheck` makes of it is the check. */
import { stringify } from "yaml";
import type { CheckDefinition } from "../definition.ts";

/** Keys that say no more than is so without them are left out. */
function said<T extends object>(object: T): Partial<T> {
  const kept = Object.entries(object).filter(
    ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as Partial<T>;
}

export function writeCheck(check: CheckDefinition): string {
  const { id, name, group, description, remediation, severity, metadata, when, exclude } = check;
  const file = {
    id,
    name,
    group,
    description,
    remediation,
    ...(severity === "warning" ? { severity } : {}),
    ...said({ metadata, when, exclude, customization_disabled: check.customization_disabled }),
    facts: check.facts.map(({ argument, ...fact }) => ({
      ...fact,
      ...(argument === "" ? {} : { argument }),
    })),
    ...said({
      values: check.values.map(({ default: otherwise, conditions, customization_disabled, ...value }) => ({
        ...value,
        default: otherwise,
        ...said({
          conditions: conditions.map((one) => ({ value: one.value, when: one.expression })),
          customization_disabled,
        }),
      })),
    }),
    expectations: check.expectations.map(
      ({ type, expression, failure_message, warning_message, ...one }) => ({
        ...one,
        [type]: expression,
        ...said({ failure_message, warning_message }),
      }),
    ),
  };
  return stringify(file, { lineWidth: 0, blockQuote: "literal" });
}

/** What of a check a group may set for itself, and what it has set. */
import type { CheckDefinition, ValueDeclaration } from "../definition.ts";

export type CustomValue = string | number | boolean;
export type CustomValues = ReadonlyMap<string, CustomValue>;

export interface SelectableValue {
  readonly name: string;
  readonly customizable: boolean;
  readonly default_value?: ValueDeclaration["default"];
  /** What takes the default's place in the target's environment: in force as long as nothing is set. */
  readonly environment_value?: ValueDeclaration["default"];
  readonly custom_value?: CustomValue;
}

export interface SelectableCheck {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly description: string;
  readonly values: readonly SelectableValue[];
  readonly customizable: boolean;
  readonly customized: boolean;
}

function isScalar(value: unknown): value is CustomValue | null {
  return value === null || typeof value !== "object";
}

export function isCustomizable(check: CheckDefinition, value: ValueDeclaration): boolean {
  return !check.customization_disabled && !value.customization_disabled && isScalar(value.default);
}

/** @param inEnvironment the values of the check where the group has set none, by name */
export function selectableCheck(
  check: CheckDefinition,
  custom: CustomValues,
  inEnvironment: ReadonlyMap<string, ValueDeclaration["default"]> = new Map(),
): SelectableCheck {
  const { id, name, group, description } = check;
  const values = check.values.map((declared): SelectableValue => {
    if (!isCustomizable(check, declared)) return { name: declared.name, customizable: false };
    const set = custom.get(declared.name);
    return {
      name: declared.name,
      customizable: true,
      default_value: declared.default,
      environment_value: inEnvironment.get(declared.name) ?? declared.default,
      ...(set === undefined ? {} : { custom_value: set }),
    };
  });
  return {
    id,
    name,
    group,
    description,
    values,
    customizable: values.some(({ customizable }) => customizable),
    customized: values.some(({ custom_value }) => custom_value !== undefined),
  };
}

/** Whether a check may be customised as somebody wishes. */
import type { CheckDefinition } from "../definition.ts";
import type { CustomValue } from "./customizable.ts";

export type CustomizationRefusal =
  | { readonly error: "check_not_customizable" }
  /** `index` is that of the value which is unknown, not customisable, or of another type than the default. */
  | { readonly error: "value_refused"; readonly index: number };

/** Whole numbers, booleans and texts can be set; floats, lists and maps never. */
function scalarType(value: unknown): "int" | "bool" | "string" | null {
  if (Number.isSafeInteger(value)) return "int";
  if (typeof value === "boolean") return "bool";
  return typeof value === "string" ? "string" : null;
}

/** @returns null when all values can be set; none of them is set otherwise */
export function refusalOf(
  check: CheckDefinition,
  values: readonly { readonly name: string; readonly value: CustomValue }[],
): CustomizationRefusal | null {
  if (check.customization_disabled) return { error: "check_not_customizable" };
  const index = values.findIndex(({ name, value }) => {
    const declared = check.values.find((one) => one.name === name);
    if (declared === undefined || declared.customization_disabled) return true;
    const type = scalarType(declared.default);
    return type === null || type !== scalarType(value);
  });
  return index === -1 ? null : { error: "value_refused", index };
}

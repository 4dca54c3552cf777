/** What a check declares: values, metadata. */
import type { CheckDefinition } from "../../definition.ts";
import { deprecated } from "../keys.ts";
import type { Findings } from "./findings.ts";

/** Clients show it as the line of a result. */
const LONGEST_LINE = 200;

export function lintDescription({ description }: CheckDefinition, found: Findings): void {
  const line = description.trim();
  if (line.includes("\n") || line.length > LONGEST_LINE)
    found.warning(["description"], "is shown as one line: explanations belong to the remediation");
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

export function lintValues({ values }: CheckDefinition, found: Findings): void {
  values.forEach((value, index) => {
    value.conditions.forEach((condition, place) => {
      const [own, usual] = [typeOf(condition.value), typeOf(value.default)];
      const path = ["values", index, "conditions", place, "value"];
      if (own !== usual) found.error(path, `is of type ${own}, and the default of type ${usual}`);
    });
  });
}

export function lintMetadata({ metadata }: CheckDefinition, found: Findings): void {
  const target = metadata?.target_type;
  if (target === undefined)
    found.warning(["metadata", "target_type"], "is missing: the check is offered for every target");
  else if (target !== "cluster" && target !== "host")
    found.warning(["metadata", "target_type"], `is neither cluster nor host: ${JSON.stringify(target)}`);
}

/** What is not seen in the check that is made of a file. @param file what it says */
export function lintPassedOver(file: unknown, found: Findings): void {
  if (file === null || typeof file !== "object") return;
  const severity: unknown = Reflect.get(file, "severity");
  if (severity !== undefined && severity !== "critical" && severity !== "warning")
    found.error(["severity"], "is neither critical nor warning, and is taken for critical");
  for (const key of deprecated) if (Object.hasOwn(file, key)) found.warning([key], "has no effect any more");
}

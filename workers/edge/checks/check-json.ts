/** A check as the API shows it, by version. */
import { z } from "@hono/zod-openapi";
import type { CheckDefinition } from "../../../checks/definition.ts";
import { anyJson } from "../answers.ts";

const any = anyJson();

const factJson = z.object({ name: z.string(), gatherer: z.string(), argument: z.string() });
const conditionsJson = z.array(z.object({ value: any, expression: z.string() }));
const oldValueJson = z.object({ name: z.string(), default: any, conditions: conditionsJson });
const valueJson = oldValueJson.extend({ customization_disabled: z.boolean() });
const oldExpectationJson = z.object({
  name: z.string(),
  type: z.enum(["expect", "expect_same", "unknown"]),
  expression: z.string(),
  failure_message: z.string().nullable(),
});
const expectationJson = oldExpectationJson.extend({
  type: z.enum(["expect", "expect_same", "expect_enum"]),
  warning_message: z.string().nullable(),
});

const common = {
  id: z.string(),
  name: z.string(),
  group: z.string(),
  description: z.string(),
  remediation: z.string(),
  metadata: z.record(z.string(), any).nullable(),
  severity: z.enum(["critical", "warning"]),
  facts: z.array(factJson),
  when: z.string().nullable(),
  premium: z.literal(false),
};

export const oldCheckSchema = z
  .object({ ...common, values: z.array(oldValueJson), expectations: z.array(oldExpectationJson) })
  .openapi("CheckV2");
export const checkSchema = z
  .object({
    ...common,
    values: z.array(valueJson),
    expectations: z.array(expectationJson),
    customization_disabled: z.boolean(),
  })
  .openapi("Check");

function commonOf({
  id,
  name,
  group,
  description,
  remediation,
  metadata,
  severity,
  facts,
  when,
}: CheckDefinition) {
  return {
    id,
    name,
    group,
    description,
    remediation,
    metadata,
    severity,
    facts,
    when,
    premium: false as const,
  };
}

export function toCheck(check: CheckDefinition): z.infer<typeof checkSchema> {
  const { values, expectations, customization_disabled } = check;
  return { ...commonOf(check), values, expectations, customization_disabled };
}

/** For clients that know neither enumerations nor what cannot be customised. */
export function toOldCheck(check: CheckDefinition): z.infer<typeof oldCheckSchema> {
  return {
    ...commonOf(check),
    values: check.values.map(({ name, default: value, conditions }) => ({
      name,
      default: value,
      conditions,
    })),
    expectations: check.expectations.map(({ name, type, expression, failure_message }) => ({
      name,
      type: type === "expect_enum" ? "unknown" : type,
      expression,
      failure_message,
    })),
  };
}

/** The keys of a check's file (checks.md 1). What is not named here is passed over when a check is read. */
import { z } from "zod";

const text = z.string("must be a text");
const filledIn = text.optional();
const flag = z.boolean("must be true or false").optional();

const factSchema = z.object({ name: text, gatherer: text, argument: filledIn });

const valueSchema = z.object({
  name: text,
  default: z.json("must be a value"),
  conditions: z.array(z.object({ value: z.json("must be a value"), when: text })).nullish(),
  customization_disabled: flag,
});

const expectationSchema = z
  .object({
    name: text,
    expect: filledIn,
    expect_same: filledIn,
    expect_enum: filledIn,
    failure_message: filledIn,
    warning_message: filledIn,
  })
  .refine(
    ({ expect, expect_same, expect_enum }) =>
      [expect, expect_same, expect_enum].filter((one) => one !== undefined).length === 1,
    "must have exactly one of expect, expect_same and expect_enum",
  );

export const fileSchema = z.object({
  id: text,
  name: text,
  group: text,
  description: text,
  remediation: text,
  /** Whatever else it says, it is critical. */
  severity: z.unknown().optional(),
  metadata: z.record(z.string(), z.json()).nullish(),
  when: filledIn,
  exclude: filledIn,
  customization_disabled: flag,
  facts: z.array(factSchema, "must be a list of facts"),
  values: z.array(valueSchema, "must be a list of values").nullish(),
  expectations: z.array(expectationSchema, "must be a list of expectations"),
});
export type CheckFile = z.infer<typeof fileSchema>;

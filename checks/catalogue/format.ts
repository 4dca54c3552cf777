/** The keys of a check's file. What is not named here is passed over when a check is read. */
import { z } from "zod";
import { jsonValue } from "../json.ts";

/** Numbers, dates and words such as `yes` are no texts unless they are quoted: most ids that fail look like numbers. */
const text = z.string({
  error: ({ input }) =>
    typeof input === "number" || typeof input === "boolean" || input === null
      ? `must be a text: put it in quotes, as "${input}"`
      : "must be a text",
});
const optionalText = text.optional();
const flag = z.boolean("must be true or false").optional();

const value = jsonValue(
  "must be a text, a number, true, false, null, a list or a map (.nan and .inf are none)",
);

export const factSchema = z.object(
  { name: text, gatherer: text, argument: optionalText },
  "must be a fact, with its keys",
);

export const conditionSchema = z.object({ value, when: text }, "must be a condition, with its keys");

export const valueSchema = z.object(
  {
    name: text,
    default: value,
    conditions: z.array(conditionSchema, "must be a list of conditions").nullish(),
    customization_disabled: flag,
  },
  "must be a value, with its keys",
);

export const expectationSchema = z
  .object(
    {
      name: text,
      expect: optionalText,
      expect_same: optionalText,
      expect_enum: optionalText,
      failure_message: optionalText,
      warning_message: optionalText,
    },
    "must be an expectation, with its keys",
  )
  .refine(
    ({ expect, expect_same, expect_enum }) =>
      [expect, expect_same, expect_enum].filter((one) => one !== undefined).length === 1,
    "must have exactly one of expect, expect_same and expect_enum",
  );

/** Ids are parts of paths: one of these leads to what is above it. */
const id = text
  .min(1, "must not be empty")
  .max(256, "must have 256 characters at most")
  .refine((name) => name !== "." && name !== "..", "must be neither . nor ..");

export const fileSchema = z.object({
  id,
  name: text,
  group: text,
  description: text,
  remediation: text,
  /** Whatever else it says, it is critical. */
  severity: z.unknown().optional(),
  metadata: z.record(z.string(), value, "must be keys with values").nullish(),
  when: optionalText,
  exclude: optionalText,
  customization_disabled: flag,
  facts: z.array(factSchema, "must be a list of facts"),
  values: z.array(valueSchema, "must be a list of values").nullish(),
  expectations: z.array(expectationSchema, "must be a list of expectations"),
});
export type CheckFile = z.infer<typeof fileSchema>;

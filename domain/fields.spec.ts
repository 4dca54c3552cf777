/** Looks whether a schema knows all fields of what it describes. */
import { expect } from "vitest";
import type { z } from "zod";

/** What is described comes through whole, and nothing of it may be missing but what is said. */
export function expectEachField(
  schema: z.ZodType,
  example: Readonly<Record<string, unknown>>,
  optional: readonly string[] = [],
): void {
  expect(schema.parse(example)).toEqual(example);
  const mayBeMissing = Object.keys(example).filter((field) => {
    const { [field]: _, ...rest } = example;
    return schema.safeParse(rest).success;
  });
  expect(mayBeMissing).toEqual(optional);
}

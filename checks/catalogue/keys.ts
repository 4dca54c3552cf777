/** Keys of a check's file that nobody reads: most are slips of the pen. */
import type { z } from "zod";
import { conditionSchema, expectationSchema, factSchema, fileSchema, valueSchema } from "./format.ts";

export type Path = readonly (string | number)[];

/** Said by older checks, and without effect. */
export const deprecated: readonly string[] = ["premium"];

function keysBeyond(schema: z.ZodObject, object: unknown, path: Path): Path[] {
  if (object === null || typeof object !== "object" || Array.isArray(object)) return [];
  return Object.keys(object)
    .filter((key) => !Object.hasOwn(schema.shape, key))
    .map((key) => [...path, key]);
}

function entriesOf(object: unknown, key: string): unknown[] {
  const list: unknown = object !== null && typeof object === "object" ? Reflect.get(object, key) : null;
  return Array.isArray(list) ? list : [];
}

function keysOfEntries(schema: z.ZodObject, object: unknown, key: string, path: Path): Path[] {
  return entriesOf(object, key).flatMap((entry, index) => keysBeyond(schema, entry, [...path, key, index]));
}

/** @param file what a file says, whether or not it is a check */
export function unknownKeys(file: unknown): Path[] {
  return [
    ...keysBeyond(fileSchema, file, []).filter(([key]) => !deprecated.includes(String(key))),
    ...keysOfEntries(factSchema, file, "facts", []),
    ...keysOfEntries(valueSchema, file, "values", []),
    ...entriesOf(file, "values").flatMap((value, index) =>
      keysOfEntries(conditionSchema, value, "conditions", ["values", index]),
    ),
    ...keysOfEntries(expectationSchema, file, "expectations", []),
  ];
}

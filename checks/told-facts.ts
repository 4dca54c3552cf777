/**
 * Facts as agents tell them. One that cannot be read is an error of that fact alone: the others count, and nobody waits for an
 * answer that came.
 */
import { z } from "zod";
import { hasBrokenText, nestsDeeperThan } from "../domain/json.ts";
import { type Fact, factErrorSchema } from "./facts.ts";
import { jsonValue } from "./json.ts";

/** Type of the error of a fact that cannot be read. */
export const UNREADABLE = "fact_not_readable";
/** Type of the error of facts that are too large together. */
export const TOO_LARGE = "facts_too_large";
/** How deep a value may nest: real ones stay below ten. An answer of such values is still taken by all doors. */
export const MAX_FACT_DEPTH = 50;
const MAX_NAMED = 100;

const namesSchema = z.looseObject({ check_id: z.string(), name: z.string() });

export function unreadable({ check_id, name }: Pick<Fact, "check_id" | "name">, message: string): Fact {
  return { check_id, name, error: { type: UNREADABLE, message } };
}

/** @returns null for what does not even name a fact */
function factOf(told: unknown): Fact | null {
  const names = namesSchema.safeParse(told);
  if (!names.success) return null;
  const { value, error } = names.data;
  const check_id = names.data.check_id.toWellFormed();
  const name = names.data.name.toWellFormed();
  if (hasBrokenText([names.data.check_id, names.data.name, value, error]))
    return unreadable({ check_id, name }, "The fact holds half a character");
  if (error !== undefined) {
    const read = factErrorSchema.safeParse(error);
    if (value !== undefined || !read.success)
      return unreadable(names.data, "The error of the fact is malformed");
    return { check_id, name, error: read.data };
  }
  if (value === undefined) return unreadable(names.data, "The fact has neither a value nor an error");
  if (nestsDeeperThan(value, MAX_FACT_DEPTH)) {
    return unreadable(names.data, `The value of the fact nests deeper than ${MAX_FACT_DEPTH} levels`);
  }
  const json = jsonValue().safeParse(value);
  if (json.success) return { check_id, name, value: json.data };
  return unreadable(names.data, "The value of the fact holds what is no JSON, as a number that is none");
}

export const toldFactSchema = z.unknown().transform((told, context): Fact => {
  const fact = factOf(told);
  if (fact !== null) return fact;
  context.addIssue({ code: "custom", message: "must name a fact: check_id and name" });
  return z.NEVER;
});

/** Errors in place of facts that nobody can take for their size. */
export function tooLarge(facts: readonly Pick<Fact, "check_id" | "name">[], message: string): Fact[] {
  return facts.map(({ check_id, name }) => ({ check_id, name, error: { type: TOO_LARGE, message } }));
}

/** Names facts that are errors for their sake, in words. */
export function unreadableAmong(facts: readonly Fact[]): string | null {
  const named = facts.flatMap((fact) =>
    "error" in fact && fact.error.type === UNREADABLE
      ? [`${fact.name} of ${fact.check_id}: ${fact.error.message}`.slice(0, MAX_NAMED)]
      : [],
  );
  return named.length === 0 ? null : `${named.length} facts cannot be read, the first is ${named[0]}`;
}

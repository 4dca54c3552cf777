/**
 * Casts of what holds several values: lists, maps and objects. Each is counted before it is looked into, so that what is
 * wrong with a million items is told in one sentence, at the price of one.
 */
import { z } from "zod";
import { anything, BLANK, INVALID } from "./cast.ts";
import { MAX_ISSUES } from "./issue.ts";
import { asSent, type KeyCase } from "./keys.ts";

/** No list that an agent sends is known to have more than some hundreds of items. Lists in lists have limits of their own. */
const MAX_LIST = 5_000;
const MAX_ENTRIES = 1_000;

function isNothing(input: unknown): input is null | undefined {
  return input === undefined || input === null;
}

/** @param most number of items; with more, no item is looked into */
export function listOf<S extends z.ZodType>(item: S, most = MAX_LIST) {
  return anything().transform((input, context): z.output<S>[] => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    const items: z.output<S>[] = [];
    if (isNothing(input)) refuse(BLANK);
    else if (!Array.isArray(input)) refuse(INVALID);
    else if (input.length > most) refuse(`should have at most ${most} items`);
    else {
      let wrong = 0;
      for (let index = 0; index < input.length && wrong < MAX_ISSUES; index += 1) {
        const parsed = item.safeParse(input[index]);
        if (parsed.success) items.push(parsed.data);
        else wrong += addIssues(parsed.error, context, [index]);
      }
    }
    return items;
  });
}

/** Makes the issues of a part those of the whole. @returns how many there were */
export function addIssues(error: z.ZodError, context: z.RefinementCtx, prefix: PropertyKey[] = []): number {
  for (const issue of error.issues)
    context.addIssue({
      code: "custom",
      path: [...prefix, ...issue.path],
      message: issue.message,
      params: issue.code === "custom" ? issue.params : {},
    });
  return error.issues.length;
}

/** A list for which null or nothing is the empty list. */
export function optionalListOf<S extends z.ZodType>(item: S, most = MAX_LIST) {
  return withDefault([], listOf(item, most));
}

/** As `schema`, which is given `fallback` for null or nothing. */
export function withDefault<S extends z.ZodType>(fallback: unknown, schema: S) {
  return anything()
    .transform((input) => input ?? fallback)
    .pipe(schema);
}

type Entries = readonly (readonly [string, unknown])[];

/** The entries of an object, none of one that has very many; null for what is no object. */
function entriesOf(input: unknown, context: z.RefinementCtx): Entries | null {
  if (isNothing(input) || typeof input !== "object" || Array.isArray(input)) return null;
  const entries = Object.entries(input);
  if (entries.length <= MAX_ENTRIES) return entries;
  context.addIssue({ code: "custom", message: `should have at most ${MAX_ENTRIES} entries` });
  return [];
}

function recordOf<S extends z.ZodType>(value: S) {
  return z.record(z.string().max(256), value, INVALID);
}

/** Maps whose keys are rewritten; empty ones for null or nothing. */
export function mapsIn(rewrite: KeyCase) {
  return <S extends z.ZodType>(value: S) =>
    anything()
      .transform((input, context) => {
        const entries = entriesOf(input ?? {}, context);
        return entries === null
          ? input
          : Object.fromEntries(entries.map(([key, one]) => [rewrite(key), one]));
      })
      .pipe(recordOf(value));
}

/** Values by name; none for null or nothing. */
export const mapOf = mapsIn(asSent);

/** As `mapOf`, but null for null or nothing. */
export function optionalMapOf<S extends z.ZodType>(value: S) {
  return anything()
    .transform((input, context) => {
      entriesOf(input, context);
      return input ?? null;
    })
    .pipe(recordOf(value).nullable());
}

export function objectOf<S extends z.ZodRawShape>(shape: S) {
  return z.object(shape, { error: ({ input }) => (isNothing(input) ? BLANK : INVALID) });
}

/**
 * Objects whose keys are sent in another case than that of the shape. Only what a shape asks for is rewritten, so that what
 * nobody reads costs nothing. Of two spellings of one key, the last counts.
 */
export function objectsIn(rewrite: KeyCase) {
  return <S extends z.ZodRawShape>(shape: S) => {
    const asked = new Set(Object.keys(shape));
    return anything()
      .transform((input, context) => {
        const entries = entriesOf(input, context);
        if (entries === null) return input;
        const read: Record<string, unknown> = {};
        for (const [key, value] of entries) {
          const name = rewrite(key);
          if (asked.has(name)) read[name] = value;
        }
        return read;
      })
      .pipe(objectOf(shape));
  };
}

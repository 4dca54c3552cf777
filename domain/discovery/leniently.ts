/**
 * Reads payloads leniently: one wrong value that nobody needs does not cost all the rest. It goes, and is told of beside
 * what was read. What cannot be done without is refused, at its place.
 */
import type { z } from "zod";
import type { Loss } from "./cast.ts";
import { type Issue, issuesAmong } from "./issue.ts";
import { asSent, type KeyCase, originalPath } from "./keys.ts";

export type Reading<T> =
  | { readonly ok: true; readonly data: T; readonly dropped: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

type Path = readonly (string | number)[];

/** Lists are looked into some mistakes deep, so what is left may have more of them. */
const MOST_PASSES = 5;

function lossOf(issue: z.core.$ZodIssue): Loss | null {
  const loss: unknown = issue.code === "custom" ? issue.params?.loss : null;
  return loss === "value" || loss === "item" ? loss : null;
}

/** What is left of a value without what is at a path. */
function without(value: unknown, [key, ...rest]: Path, loss: Loss): unknown {
  if (value === null || typeof value !== "object") return value;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    // A value leaves nothing in its place, so that the others of the list keep theirs.
    if (isLast && loss === "item") return value.filter((_, index) => index !== key);
    return value.map((item, index) => {
      if (index !== key) return item;
      return isLast ? null : without(item, rest, loss);
    });
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) => {
      if (name !== key) return [[name, child]];
      return isLast ? [] : [[name, without(child, rest, loss)]];
    }),
  );
}

/** The item of the innermost list that a path leads into. */
function itemOf(path: Path): Path {
  return path.slice(0, path.findLastIndex((key) => typeof key === "number") + 1);
}

/** Each item once, however much of it is wrong; the innermost and the last first, so that the others are where they were. */
function withoutItems(payload: unknown, paths: readonly Path[]): unknown {
  const items = new Map(paths.map((path) => [JSON.stringify(itemOf(path)), itemOf(path)]));
  return [...items.values()]
    .toSorted((one, other) => other.length - one.length || Number(other.at(-1)) - Number(one.at(-1)))
    .reduce<unknown>((left, path) => without(left, path, "item"), payload);
}

/**
 * @param rewrite how the schema's keys are made of those that are sent
 * @returns issues at their places in the payload as it was sent
 */
export function readAs<S extends z.ZodType>(
  schema: S,
  payload: unknown,
  rewrite: KeyCase = asSent,
): Reading<z.output<S>> {
  const dropped: Issue[] = [];
  let left = payload;
  for (let pass = 1; ; pass += 1) {
    const parsed = schema.safeParse(left);
    if (parsed.success) return { ok: true, data: parsed.data, dropped };
    const { issues } = parsed.error;
    const found = (loss: Loss | null) =>
      issuesAmong(issues.filter((issue) => lossOf(issue) === loss)).map((issue) => ({
        ...issue,
        path: originalPath(left, issue.path, rewrite),
      }));
    const refused = found(null);
    if (refused.length > 0) return { ok: false, issues: refused };
    const [values, items] = [found("value"), found("item")];
    if (pass === MOST_PASSES) return { ok: false, issues: [...values, ...items] };
    dropped.push(...values, ...items);
    const paths = items.map(({ path }) => path);
    left = values.reduce<unknown>((rest, { path }) => without(rest, path, "value"), left);
    left = withoutItems(left, paths);
  }
}

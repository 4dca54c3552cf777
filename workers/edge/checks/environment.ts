/** What a query says of a target. */
import type { Environment } from "../../../checks/selection/applies.ts";
import type { Issue } from "../../../domain/discovery/issue.ts";

type Scalar = string | number | boolean;

function asInteger(text: string): number | null {
  const value = Number(text);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value : null;
}

function asBoolean(text: string): boolean | null {
  return text === "true" || text === "false" ? text === "true" : null;
}

function scalarOf(text: string): Scalar {
  return asInteger(text) ?? asBoolean(text) ?? text;
}

/** A key that comes more than once has a list. */
export function environmentOf(query: Readonly<Record<string, readonly string[]>>): Environment {
  return Object.fromEntries(
    Object.entries(query).map(([key, texts]) => {
      const [first, ...more] = texts.map(scalarOf);
      return [key, more.length === 0 ? (first ?? "") : [first, ...more]];
    }),
  );
}

/** Version 1 of the API takes no text that may as well be a number or a boolean. */
export function ambiguousKeys(query: Readonly<Record<string, readonly string[]>>): Issue[] {
  return Object.entries(query).flatMap(([key, texts]) =>
    texts.some((text) => typeof scalarOf(text) !== "string")
      ? [{ path: [key], message: "Is ambiguous" }]
      : [],
  );
}

/** What a gatherer of a simulated agent answers. */
import type { FactError } from "../../../checks/facts.ts";
import type { SimulatedHost } from "../model/host.ts";

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Answer = { readonly value: Value } | { readonly error: FactError };

export type Gatherer = (host: SimulatedHost, argument: string) => Answer;

export function failed(type: string, message: string): Answer {
  return { error: { type, message } };
}

/** Text as agents read it out of files: numbers and booleans are such. */
export function read(text: string): Value {
  if (/^-?\d+$/.test(text)) return Number(text);
  if (["true", "TRUE", "True", "t", "T"].includes(text)) return true;
  if (["false", "FALSE", "False", "f", "F"].includes(text)) return false;
  return /^-?\d+\.\d+$/.test(text) ? Number(text) : text;
}

/** The value at a path of keys. */
export function at(whole: Value, path: string, missing: string): Answer {
  let value: Value | undefined = whole;
  for (const key of path === "" ? [] : path.split(".")) {
    const holder: Value | undefined = value;
    value =
      holder !== null && typeof holder === "object" && !Array.isArray(holder) && Object.hasOwn(holder, key)
        ? (holder as { readonly [key: string]: Value })[key]
        : undefined;
    if (value === undefined)
      return failed(missing, `error getting value: requested field value not found: ${path}`);
  }
  return value === undefined ? failed(missing, path) : { value };
}

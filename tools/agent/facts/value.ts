/** What a gatherer answers. */
import type { FactError } from "../../../checks/facts.ts";

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A value, or why there is none. */
export type Answer = { readonly value: Value } | { readonly error: FactError };

export function failed(type: string, message: string): Answer {
  return { error: { type, message } };
}

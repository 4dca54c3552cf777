/** Values at a path of keys and places in lists, with dots in between: `nodelist.node.0.nodeid`. */
import { type Answer, failed, type Value } from "./value.ts";

function isMap(value: Value): value is { readonly [key: string]: Value } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function childOf(value: Value, key: string): Value | undefined {
  if (isList(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined;
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** @param missing type of the error where nothing is there */
export function valueAt(whole: Value, path: string, missing = "value-not-found"): Answer {
  let value = whole;
  for (const key of path.split(".").filter((part) => part !== "")) {
    const child = childOf(value, key);
    if (child === undefined)
      return failed(missing, `error getting value: requested field value not found: ${path}`);
    value = child;
  }
  return { value };
}

/** Values as JSON has them, whatever their keys are called. */
import { z } from "zod";

type Json = z.core.util.JSONType;

/** Levels. What nests deeper is no fact of anything, and scripts cannot take it. */
const DEEPEST = 128;

function isJson(value: unknown, levels: number): value is Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || levels === 0) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((child) => isJson(child, levels - 1));
}

/** @param reason what is said of anything else */
export function jsonValue(
  reason = "must be a value of JSON: numbers must be finite, and nest 128 levels at most",
) {
  return z.custom<Json>((value) => isJson(value, DEEPEST), reason);
}

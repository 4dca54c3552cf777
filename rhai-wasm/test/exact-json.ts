/** Values in the JSON of the conformance data: `{"$int": "1"}` and its like are what JSON has no type for. */
import { type ExactValue, RhaiChar, RhaiFloat, RhaiUnsupported } from "../src/index.ts";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As Rust writes a float. */
function floatOf(text: string): number {
  return text.endsWith("inf") ? Number(text.replace("inf", "Infinity")) : Number(text);
}

function special(name: string, text: string): ExactValue | undefined {
  if (name === "$int") return BigInt(text);
  if (name === "$float") return new RhaiFloat(floatOf(text));
  if (name === "$char") return new RhaiChar(text);
  if (name === "$type") return new RhaiUnsupported(text);
  return undefined;
}

function entriesOf(value: Record<string, unknown>): ExactValue {
  const [first] = Object.entries(value);
  const one = first !== undefined && typeof first[1] === "string" ? special(first[0], first[1]) : undefined;
  if (one !== undefined) return one;
  // Not an assignment: `__proto__` is a key as any other.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exactOf(item)]));
}

/** Mere numbers (in scopes) are integers. */
export function exactOf(value: unknown): ExactValue {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return BigInt(value);
  if (Array.isArray(value)) return value.map(exactOf);
  if (isRecord(value)) return entriesOf(value);
  throw new TypeError(`no value: ${String(value)}`);
}

export function scopeOf(json: string): Record<string, ExactValue> {
  const parsed: unknown = JSON.parse(json);
  if (!isRecord(parsed)) throw new TypeError("no scope");
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, exactOf(value)]));
}

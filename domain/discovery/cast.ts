/**
 * Lenient casts of single values that agents send: "8" is 8, "true" is true, blank text is nothing.
 * A value that is missing or blank "can't be blank"; one that cannot be cast "is invalid".
 */
import { z } from "zod";

export const BLANK = "can't be blank";
export const INVALID = "is invalid";
const MAX_TEXT = 1024;

/**
 * What may go where its value is wrong: the value alone, or with it the item of a list that cannot do without. What a
 * policy cannot do without never goes: then the discovery is refused (leniently.ts).
 */
export type Loss = "value" | "item";

/** A cast answers the value, null for nothing, or a message about what is wrong. */
type Cast<T> = (value: unknown) => { value: T | null } | { wrong: string };

/** Any value, or none: a missing key reaches the cast, which says what that means. */
export const anything = () => z.unknown().optional();

/** @param loss null where a wrong value is refused */
function nullable<T>(cast: Cast<T>, loss: Loss | null = "value") {
  return anything().transform((input, context): T | null => {
    if (input === undefined || input === null) return null;
    const result = cast(input);
    if ("value" in result) return result.value;
    context.addIssue({ code: "custom", message: result.wrong, params: { loss } });
    return z.NEVER;
  });
}

function required<T>(cast: Cast<T>, loss: Loss | null = null) {
  return anything().transform((input, context): T => {
    const result = input === undefined || input === null ? { value: null } : cast(input);
    if ("value" in result && result.value !== null) return result.value;
    const message = "wrong" in result ? result.wrong : BLANK;
    context.addIssue({ code: "custom", message, params: { loss } });
    return z.NEVER;
  });
}

function toText(longest: number): Cast<string> {
  return (input) => {
    if (typeof input !== "string") return { wrong: INVALID };
    if (input.length > longest) return { wrong: `should be at most ${longest} characters` };
    return { value: input.trim() === "" ? null : input };
  };
}

const toCount: Cast<number> = (input) => {
  if (typeof input === "string" && input.trim() === "") return { value: null };
  const number = typeof input === "string" && /^\d{1,15}$/.test(input) ? Number(input) : input;
  return Number.isSafeInteger(number) && typeof number === "number" && number >= 0
    ? { value: number }
    : { wrong: INVALID };
};

const toFlag: Cast<boolean> = (input) => {
  if (typeof input === "boolean") return { value: input };
  if (input === "true" || input === "1" || input === 1) return { value: true };
  if (input === "false" || input === "0" || input === 0) return { value: false };
  return typeof input === "string" && input.trim() === "" ? { value: null } : { wrong: INVALID };
};

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:?\d{2})?$/;

/** The 30th of February is no day, although `Date` counts on from there. */
function isDay(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

/** A time without an offset is in UTC. */
const toTime: Cast<string> = (input) => {
  if (typeof input !== "string") return { wrong: INVALID };
  if (input.trim() === "") return { value: null };
  const [, date = "", time = "", offset = "Z"] = ISO_TIME.exec(input) ?? [];
  const instant = isDay(date) ? new Date(`${date}T${time}${offset}`) : null;
  if (instant === null || Number.isNaN(instant.getTime())) return { wrong: INVALID };
  const year = instant.getUTCFullYear();
  return year >= 0 && year <= 9999 ? { value: instant.toISOString() } : { wrong: INVALID };
};

function toOneOf<T extends string>(values: readonly T[]): Cast<T> {
  return (input) => {
    if (typeof input !== "string") return { wrong: INVALID };
    if (input.trim() === "") return { value: null };
    const match = values.find((value) => value === input);
    return match === undefined ? { wrong: INVALID } : { value: match };
  };
}

export const text = () => required(toText(MAX_TEXT));
/** Text without which the item of a list says nothing. */
export const name = () => required(toText(MAX_TEXT), "item");
/** Text in a map, where what is wrong is left out. */
export const entry = () => required(toText(MAX_TEXT), "value");
/** @param longest number of characters */
export const optionalText = (longest = MAX_TEXT) => nullable(toText(longest));
/** Text that may be missing, but not be wrong. */
export const textOrNothing = (longest = MAX_TEXT) => nullable(toText(longest), null);
/** Text that is empty when nothing was sent. */
export const textOrEmpty = (longest = MAX_TEXT) => optionalText(longest).transform((value) => value ?? "");
/** Something, whatever it is: nobody reads it. */
export const something = () =>
  required((input) => ({ value: typeof input === "string" && input.trim() === "" ? null : input }));
/** A whole number that is not negative. */
export const count = () => required(toCount);
export const optionalCount = () => nullable(toCount);
export const flag = () => required(toFlag);
/** Yes, no or nothing, but not wrong. */
export const flagOrNothing = () => nullable(toFlag, null);
export const flagOr = (fallback: boolean) => nullable(toFlag).transform((value) => value ?? fallback);
/** A point in time, as ISO 8601 in UTC; nothing, but not wrong. */
export const timeOrNothing = () => nullable(toTime, null);

/** One of the values; `fallback` when nothing was sent, or none that is known. */
export function oneOf<T extends string>(values: readonly T[], fallback: T) {
  return nullable(toOneOf(values)).transform((value) => value ?? fallback);
}

/** One of the values; `fallback` when nothing was sent. */
export function oneOfOrNothing<T extends string>(values: readonly T[], fallback: T) {
  return nullable(toOneOf(values), null).transform((value) => value ?? fallback);
}

/** One of the values, which must be sent. */
export function requiredOneOf<T extends string>(values: readonly T[]) {
  return required(toOneOf(values));
}

/** As `oneOf`, whatever the case of the letters. */
export function oneOfIgnoringCase<T extends string>(values: readonly T[], fallback: T) {
  return anything()
    .transform((input) => (typeof input === "string" ? input.toLowerCase() : input))
    .pipe(oneOf(values, fallback));
}

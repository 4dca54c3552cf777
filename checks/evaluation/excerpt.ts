/** What is kept of what scripts say: thousands of results stand in one object, and a person reads no megabyte. */

/** UTF-16 units of a return value, or of a message. */
export const LONGEST = 10_000;

export function excerpt(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (of ${text.length} characters)`;
}

/** A value as it is, or the beginning of its JSON where it is too long. Results are drawn from the value itself. */
export function excerptOfValue(value: unknown): unknown {
  if (typeof value === "string") return excerpt(value);
  if (typeof value !== "object" || value === null) return value;
  const text = JSON.stringify(value);
  return text.length <= LONGEST ? value : excerpt(text);
}

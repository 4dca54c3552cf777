/** Text that agents read out of files: what looks like a number or a boolean is one. */

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["t", "T", "true", "True", "TRUE"].map((text): [string, boolean] => [text, true]),
  ...["f", "F", "false", "False", "FALSE"].map((text): [string, boolean] => [text, false]),
]);
const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** In this order, as agents do: a whole number, a boolean, a decimal number; all else stays text. */
export function cast(text: string): string | number | boolean {
  if (WHOLE.test(text)) return Number(text);
  const boolean = BOOLEANS.get(text);
  if (boolean !== undefined) return boolean;
  const number = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : text;
}

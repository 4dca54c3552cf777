/** Values of Cap'n Proto, written as text. */

const HEX = 16;

/** Its strings know no `\u`: what is below a space, and DEL, are bytes in hexadecimal. */
export function quoted(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be escaped
    .replace(/[\u0000-\u001f\u007f]/g, (one) => `\\x${one.charCodeAt(0).toString(HEX).padStart(2, "0")}`);
  return `"${escaped}"`;
}

/** Text that is written as it stands: a reference, a number, a struct that was written before. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Value = string | boolean | Raw | readonly Value[] | Fields;
export interface Fields {
  readonly [name: string]: Value | undefined;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Fields that are undefined are left out. */
export function textOf(value: Value): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return String(value);
  if (value instanceof Raw) return value.text;
  if (isList(value)) return `[${value.map(textOf).join(", ")}]`;
  const fields = Object.entries(value).flatMap(([name, one]) =>
    one === undefined ? [] : [`${name} = ${textOf(one)}`],
  );
  return `(${fields.join(", ")})`;
}

/** What stands in a file, by its absolute path: the runtime is started with `/` to import from. */
export const embedded = (path: string) => new Raw(`embed ${quoted(path)}`);

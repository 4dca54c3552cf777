/** `os-release@v1`: which operating system this is. All values are text. */
import { type Gatherer, linesOf, Malformed, valueOfFile } from "./gatherer.ts";

const PATH = "/etc/os-release";

/** As a shell would read it, without what only a shell could make of it. */
function unquoted(text: string): string {
  const [, quote, inside] = /^(["'])(.*)\1$/.exec(text) ?? [];
  if (inside === undefined) return text;
  return quote === '"' ? inside.replace(/\\(["\\$`])/g, "$1") : inside;
}

/** @throws Malformed */
export function parseOsRelease(text: string): Record<string, string> {
  return Object.fromEntries(
    linesOf(text).map((line) => {
      const [, key, value] = /^([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line) ?? [];
      if (key === undefined || value === undefined) throw new Malformed(`no assignment: ${line}`);
      return [key, unquoted(value)];
    }),
  );
}

export const osRelease: Gatherer = (machine) =>
  valueOfFile(machine, PATH, parseOsRelease, {
    unreadable: "os-release-file-error",
    malformed: "os-release-decoding-error",
  });

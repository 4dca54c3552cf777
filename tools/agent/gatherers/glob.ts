/** Patterns of paths: `*` and `?` within a name, `[a-z]`, and `\` before what is meant literally. */
import type { Machine } from "../machine.ts";
import { Malformed } from "./gatherer.ts";

type Part = "any" | ((letter: string) => boolean);

/** Of paths that match, and of folders that are looked into. */
const MOST = 1_000;

function classAt(letters: readonly string[], start: number): { part: Part; end: number } {
  let at = start + 1;
  const isNegated = letters[at] === "^" || letters[at] === "!";
  if (isNegated) at += 1;
  const ranges: [string, string][] = [];
  while (letters[at] !== "]" || ranges.length === 0) {
    if (letters[at] === "\\") at += 1;
    const low = letters[at];
    if (low === undefined) throw new Malformed("a set of letters is not closed");
    const high = letters[at + 1] === "-" && letters[at + 2] !== "]" ? letters[at + 2] : undefined;
    ranges.push([low, high ?? low]);
    at += high === undefined ? 1 : 3;
  }
  return {
    part: (letter) => ranges.some(([low, high]) => low <= letter && letter <= high) !== isNegated,
    end: at,
  };
}

function partsOf(pattern: string): Part[] {
  const letters = [...pattern];
  const parts: Part[] = [];
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at];
    if (letter === "*") parts.push("any");
    else if (letter === "?") parts.push(() => true);
    else if (letter === "[") {
      const { part, end } = classAt(letters, at);
      parts.push(part);
      at = end;
    } else {
      if (letter === "\\") at += 1;
      const literal = letters[at];
      if (literal === undefined) throw new Malformed("nothing follows the backslash");
      parts.push((one) => one === literal);
    }
  }
  return parts;
}

/** In time that grows with the length of both and no faster, whatever is asked for. @throws Malformed */
export function matcherOf(pattern: string): (name: string) => boolean {
  const parts = partsOf(pattern);
  return (name) => {
    const letters = [...name];
    let [at, part] = [0, 0];
    let retry: { at: number; part: number } | null = null;
    while (at < letters.length) {
      const wanted = parts[part];
      if (wanted === "any") {
        retry = { at, part };
        part += 1;
      } else if (wanted?.(letters[at] ?? "")) {
        at += 1;
        part += 1;
      } else if (retry !== null) {
        retry.at += 1;
        at = retry.at;
        part = retry.part + 1;
      } else return false;
    }
    return parts.slice(part).every((rest) => rest === "any");
  };
}

const isPlain = (pattern: string) => !/[*?[\\]/.test(pattern);

/** The paths that match, in their order. What cannot be looked into has no matches. @throws Malformed */
export async function glob(machine: Machine, pattern: string): Promise<string[]> {
  if (!pattern.startsWith("/")) throw new Malformed(`no path from the root: ${pattern}`);
  const names = pattern.split("/").filter((name) => name !== "");
  let paths = [""];
  for (const name of names) {
    if (isPlain(name)) {
      paths = paths.map((path) => `${path}/${name}`);
      continue;
    }
    const matches = matcherOf(name);
    const found: string[] = [];
    for (const path of paths) {
      const entries = await machine.readDirectory(path === "" ? "/" : path).catch(() => []);
      for (const entry of entries) if (matches(entry.name)) found.push(`${path}/${entry.name}`);
    }
    if (found.length > MOST) throw new Malformed(`more than ${MOST} paths match: ${pattern}`);
    paths = found;
  }
  return paths;
}

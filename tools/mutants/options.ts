/** Options of the mutator's command line. */
import { parseArgs } from "node:util";
import type { Kind } from "./modules.ts";

export interface Options {
  readonly count: number;
  readonly seed: number;
  readonly kinds: readonly Kind[];
  /** Only modules whose path begins with one of these. */
  readonly only: readonly string[];
}

export const help = `npm run mutants -- [options] [folder or file ...]

Puts mistakes into a copy of the source, one at a time, and tells which of them no test notices.

  --count N   number of mistakes (100)
  --seed N    the same seed tries the same mistakes on the same source (1)
  --pure      domain and checks alone: unit specs, and the compiler
  --objects   durable-objects, workers and party alone: their unit specs, specs on the platform, and the compiler
  --help      this text`;

export class WrongOption extends Error {}

function whole(name: string, text: string, low: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < low || text.trim() === "")
    throw new WrongOption(`--${name} must be a whole number from ${low} on, not ${text}`);
  return value;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        count: { type: "string", default: "100" },
        seed: { type: "string", default: "1" },
        pure: { type: "boolean", default: false },
        objects: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error));
  }
}

/** Null where help is asked for. @throws WrongOption */
export function readOptions(args: readonly string[]): Options | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const both = values.pure === values.objects;
  return {
    count: whole("count", values.count, 1),
    seed: whole("seed", values.seed, 0),
    kinds: both ? ["pure", "objects"] : [values.pure ? "pure" : "objects"],
    only: positionals,
  };
}

/** Which parts of the bench are asked for. */
import { parseArgs } from "node:util";

export interface BenchOptions {
  /** None: all of them. */
  readonly asked: readonly string[];
  /** The one that is profiled. */
  readonly profile: string | null;
}

export class WrongOption extends Error {}

/** @throws WrongOption naming what is wrong, and what there is */
export function readOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const check = (name: string) => {
    if (!known.includes(name))
      throw new WrongOption(`there is no part ${name}: choose from ${known.join(", ")}`);
  };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { profile: { type: "string" } },
      allowPositionals: true,
    });
    for (const name of positionals) check(name);
    const { profile } = values;
    if (profile === undefined) return { asked: positionals, profile: null };
    check(profile);
    if (positionals.length > 0) throw new WrongOption("--profile measures one part, and no others beside it");
    return { asked: [profile], profile };
  } catch (error) {
    throw error instanceof WrongOption
      ? error
      : new WrongOption(error instanceof Error ? error.message : String(error));
  }
}

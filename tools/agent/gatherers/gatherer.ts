/** Gatherers: each reads one thing of the machine, and turns its text into a value. */
import type { Answer } from "../facts/value.ts";
import { failed, type Value } from "../facts/value.ts";
import { type Machine, reasonOf } from "../machine.ts";

export type Gatherer = (machine: Machine, argument: string) => Promise<Answer>;

/** Text is not in the form that it should have. */
export class Malformed extends Error {}

export interface FileErrors {
  readonly unreadable: string;
  readonly malformed: string;
}

/** The value of a file, or why there is none. */
export async function valueOfFile(
  machine: Machine,
  path: string,
  parse: (text: string) => Value,
  { unreadable, malformed }: FileErrors,
): Promise<Answer> {
  let text: string;
  try {
    text = await machine.readFile(path);
  } catch (error) {
    return failed(unreadable, `error reading ${path} file: ${reasonOf(error)}`);
  }
  try {
    return { value: parse(text) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return failed(malformed, `error decoding ${path} file: ${error.message}`);
  }
}

/** Lines that say something: no empty ones, and no comments. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Which mistakes are tried. */
import { type Random, randomFrom } from "../simulate/random.ts";
import { type Mutation, mutationsOf } from "./mutations.ts";

export interface Mutant extends Mutation {
  readonly path: string;
  readonly line: number;
}

/** Of texts and properties there are so many that little else would be drawn: two of five of them stay. */
const THINNED = new Set(["the property is left out", "an empty text"]);
const KEPT = 0.4;

/** As many as are wanted, of all that could be, by chance. */
export function drawMutants(
  paths: readonly string[],
  read: (path: string) => string,
  count: number,
  seed: number,
): Mutant[] {
  const random = randomFrom(seed);
  const all = paths.flatMap((path) => {
    const text = read(path);
    return mutationsOf(path, text)
      .filter(({ what }) => !THINNED.has(what) || random.next() < KEPT)
      .map((mutation): Mutant => ({ ...mutation, path, line: lineAt(text, mutation.start) }));
  });
  shuffle(all, random);
  return all.slice(0, count);
}

export function applied(text: string, { start, end, text: to }: Mutation): string {
  return text.slice(0, start) + to + text.slice(end);
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function shuffle<T>(items: T[], random: Random): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = random.whole(0, last);
    const [one, two] = [items[last], items[other]];
    if (one === undefined || two === undefined) return;
    items[last] = two;
    items[other] = one;
  }
}

/** Orders in which discoveries may arrive. The same seed gives the same order. */
import { type Random, randomFrom } from "../../tools/simulate/random.ts";

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  const found: T[] = [];
  while (left.length > 0) found.push(...left.splice(random.whole(0, left.length - 1), 1));
  return found;
}

export interface Arrival {
  readonly bodies: readonly string[];
  /** How many are under way at once. */
  readonly atOnce: number;
}

/** All of them in any order, a third of them more than once, few or many at once. */
export function arrivalOf(bodies: readonly string[], seed: number): Arrival {
  const random = randomFrom(seed);
  const repeated = bodies.filter(() => random.next() < 1 / 3);
  return { bodies: shuffled([...bodies, ...repeated], random), atOnce: random.pick([1, 4, 16, 48]) };
}

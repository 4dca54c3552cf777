/** Asks for this and that, many at once, in an order that a seed decides. */
import { randomFrom } from "../../../tools/simulate/random.ts";
import { type Credentials, type Kind, kinds } from "./mixed-requests.ts";
import type { OddClients } from "./odd-clients.ts";

export interface Outcome {
  /** How many of each kind. */
  readonly counts: Readonly<Record<string, number>>;
  /** What was wrong, and how often. */
  readonly wrong: Readonly<Record<string, number>>;
  /** Of those of a kind, which were answered rightly: the numbers that they had. */
  readonly answered: Readonly<Record<string, readonly number[]>>;
}

export interface Load {
  readonly total: number;
  readonly atOnce: number;
  readonly seed: number;
  /** Told of every thousand. */
  readonly tell?: (line: string) => void;
}

function chooser(seed: number): () => [string, Kind] {
  const random = randomFrom(seed);
  const all = Object.entries(kinds);
  const sum = all.reduce((total, [, { weight }]) => total + weight, 0);
  return () => {
    let left = random.next() * sum;
    for (const one of all) {
      left -= one[1].weight;
      if (left < 0) return one;
    }
    throw new Error("there are no kinds");
  };
}

export async function askAtRandom(
  clients: OddClients,
  credentials: Credentials,
  { total, atOnce, seed, tell = () => {} }: Load,
): Promise<Outcome> {
  const choose = chooser(seed);
  const counts: Record<string, number> = {};
  const wrong: Record<string, number> = {};
  const answered: Record<string, number[]> = {};
  let begun = 0;
  const work = async () => {
    while (begun < total) {
      const nth = begun;
      begun += 1;
      if (begun % 1_000 === 0) tell(`${begun} of ${total}, wrong: ${JSON.stringify(wrong)}`);
      const [name, { ask }] = choose();
      counts[name] = (counts[name] ?? 0) + 1;
      const said = await ask(clients, credentials, nth);
      if (said === "") answered[name] = [...(answered[name] ?? []), nth];
      else wrong[`${name}: ${said}`] = (wrong[`${name}: ${said}`] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { counts, wrong, answered };
}

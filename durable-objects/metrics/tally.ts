/**
 * What an isolate counts for Prometheus. It is handed to one object now and then, since a scrape reaches one isolate of many
 * at best. Counting costs a look into a map, and all of an isolate's counts one written row every half minute.
 */
import type { DurableObjectBindings } from "../bindings.ts";

/** Milliseconds between two times that an isolate hands over what it has counted. */
const HANDED_OVER_EVERY = 30_000;
/** Upper bounds, in seconds. */
export const BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** By sample, as `name{label="value"}`. */
export type Tally = Readonly<Record<string, number>>;
export type Labels = Readonly<Record<string, string | number>>;

let counted = new Map<string, number>();
let handedOverAt = 0;

const SPECIAL = /[\\"\n]/;

function escaped(value: string): string {
  return value.replace(/[\\"\n]/g, (found) => (found === "\n" ? "\\n" : `\\${found}`));
}

/** A sample's name, as Prometheus reads it. Made at every request, and so without lists in between. */
export function sampleOf(name: string, labels: Labels): string {
  let text = "";
  for (const key in labels) {
    const value = String(labels[key]);
    text += `${text === "" ? "" : ","}${key}="${SPECIAL.test(value) ? escaped(value) : value}"`;
  }
  return text === "" ? name : `${name}{${text}}`;
}

/** @param labels must have few values: each combination is a sample of its own */
export function count(name: string, labels: Labels, by = 1): void {
  const sample = sampleOf(name, labels);
  counted.set(sample, (counted.get(sample) ?? 0) + by);
}

/** For a histogram. Counted is the one bucket that it falls into: the exposition adds those below. */
export function observe(name: string, labels: Labels, seconds: number): void {
  const le = BUCKETS.find((bucket) => seconds <= bucket) ?? "+Inf";
  count(`${name}_bucket`, { ...labels, le });
  count(`${name}_sum`, labels, seconds);
  count(`${name}_count`, labels);
}

/**
 * Hands over what was counted, if it is time to: called where something was counted.
 * @param later keeps the isolate awake
 */
export function handOver(
  env: Pick<DurableObjectBindings, "TALLY">,
  later: (work: Promise<unknown>) => void,
): void {
  if (counted.size === 0 || Date.now() - handedOverAt < HANDED_OVER_EVERY) return;
  later(handOverNow(env));
}

export async function handOverNow(env: Pick<DurableObjectBindings, "TALLY">): Promise<void> {
  const tally = counted;
  counted = new Map();
  handedOverAt = Date.now();
  if (tally.size === 0) return;
  try {
    await tallyStub(env).add(Object.fromEntries(tally));
  } catch {
    for (const [sample, value] of tally) counted.set(sample, (counted.get(sample) ?? 0) + value);
  }
}

export function tallyStub({ TALLY }: Pick<DurableObjectBindings, "TALLY">) {
  return TALLY.getByName("all");
}

/** Whether a figure reaches its goal, as far as its rounds can tell. */

/** `noisy`: it misses the goal, by no more than its rounds differ among themselves. */
export type Verdict = "met" | "noisy" | "missed";

const median = (values: readonly number[]) => {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
};

/** How far a round usually lies from the middle of all: the median of the distances, which one odd round does not move. */
export function noiseOf(rounds: readonly number[]): number {
  const middle = median(rounds);
  return median(rounds.map((round) => Math.abs(round - middle)));
}

/** @param least what the middle of the rounds should be at least */
export function judge(rounds: readonly number[], least: number): Verdict {
  const middle = median(rounds);
  if (middle >= least) return "met";
  return middle + noiseOf(rounds) >= least ? "noisy" : "missed";
}

/** Whether a figure reaches its goal, as far as its rounds can tell. */
import { median } from "./median.ts";

/** `noisy`: it misses the goal, by no more than its rounds differ among themselves. */
export type Verdict = "met" | "noisy" | "missed";

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

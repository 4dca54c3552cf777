/** A piece of work with what it may take: its tasks go in calls of bounded size. */
import type { Allowance } from "../allowance.ts";
import type { Evaluation, Left } from "./evaluation.ts";
import { type Kind, type Result, type Task, weightOf } from "./tasks.ts";

/** Scripts of one call. Those that use up all they may take some seconds then. */
const MOST_AT_ONCE = 100;
/** Calls that are given up, before a piece of work has taken enough from the others. */
const PATIENCE = 10;

function callsOf<K extends Kind>(kind: K, tasks: readonly Task<K>[]): Task<K>[][] {
  const calls: Task<K>[][] = [];
  let weight = Number.POSITIVE_INFINITY;
  for (const task of tasks) {
    const own = weightOf(kind, task);
    if (weight + own > MOST_AT_ONCE) {
      calls.push([]);
      weight = 0;
    }
    calls.at(-1)?.push(task);
    weight += own;
  }
  return calls;
}

export class Allotment {
  readonly evaluation: Evaluation;
  #left: Left;

  constructor(evaluation: Evaluation, allowance: Allowance) {
    this.evaluation = evaluation;
    this.#left = { ...allowance, patience: PATIENCE };
  }

  /** @returns the results, in the order of the tasks */
  async work<K extends Kind>(kind: K, tasks: readonly Task<K>[]): Promise<readonly Result<K>[]> {
    const all: Result<K>[] = [];
    for (const call of callsOf(kind, tasks)) {
      const { results, left } = await this.evaluation.work(kind, call, this.#left);
      this.#left = left;
      for (const result of results) all.push(result);
    }
    return all;
  }
}

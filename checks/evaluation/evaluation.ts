/** What does the tasks: here, between what else there is to do, or in a process of its own (`durable-objects/evaluation`). */
import { type Allowance, allotted } from "../allowance.ts";
import type { Evaluator } from "../evaluator.ts";
import { finish, type Steps } from "../steps.ts";
import { type Kind, type Result, type Task, taskSteps } from "./tasks.ts";

/** What a piece of work has left. */
export interface Left extends Allowance {
  /** How many calls may yet be given up: then what is left is given up without being tried. */
  readonly patience: number;
}

export interface Done<K extends Kind> {
  /** In the order of the tasks. */
  readonly results: readonly Result<K>[];
  readonly left: Left;
}

export interface Evaluation {
  /** What others wrote: wherever it holds up nobody. */
  work<K extends Kind>(kind: K, tasks: readonly Task<K>[], left: Left): Promise<Done<K>>;
  /** What is long by its amount alone: here, in turns with everything else. */
  inTurns<T>(steps: Steps<T>): Promise<T>;
}

function* workSteps<K extends Kind>(
  kind: K,
  tasks: readonly Task<K>[],
  left: Left,
  evaluator: Evaluator,
): Steps<Done<K>> {
  const within = allotted(evaluator, left);
  const results: Result<K>[] = [];
  for (const task of tasks) results.push(yield* taskSteps(kind, task, within));
  return { results, left: { ...left, shared: within.left() } };
}

/** Does all of it without a pause. */
export function evaluationAtOnce(evaluator: Evaluator): Evaluation {
  return evaluationHere(
    () => evaluator,
    async (steps) => finish(steps),
  );
}

/** @param evaluator made at the first use */
export function evaluationHere(evaluator: () => Evaluator, inTurns: Evaluation["inTurns"]): Evaluation {
  return { inTurns, work: (kind, tasks, left) => inTurns(workSteps(kind, tasks, left, evaluator())) };
}

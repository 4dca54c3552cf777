/**
 * Evaluates in a process of its own, that may end or be ended at any moment. One call is under way at a time, so that nothing but
 * what holds it up is lost with it. Of a call that was lost each task is tried once more, alone; what is lost again took too long.
 */
import type { Done, Evaluation, Left } from "../../checks/evaluation/evaluation.ts";
import { givenUp, type Kind, type Result, type Task } from "../../checks/evaluation/tasks.ts";
import { ErrorLines } from "../error-lines.ts";
import type { Evaluator } from "./evaluator.ts";
import { here } from "./here.ts";
import { Lane } from "./lane.ts";

export interface Limits {
  /** Milliseconds that a call may take in the evaluator. */
  readonly call: number;
  /** Milliseconds more until nobody waits for its answer any longer: by then it has been ended if it stands still. */
  readonly grace: number;
  /** Milliseconds within which an evaluator that has ended is there again. */
  readonly return: number;
}

const usual: Limits = { call: 30_000, grace: 5_000, return: 60_000 };
/** Milliseconds between two looks whether it is there again: the runtime logs each that fails. Then, for an answer. */
const BETWEEN_LOOKS = 500;
const LOOK = 1_000;

const errorLines = new ErrorLines((line) => console.error(line));
/** Of the isolate. */
const lane = new Lane();

/** The platform's RPC types cannot express what the results may hold. */
export type EvaluatorStub = Pick<Evaluator, "work"> & { fetch(url: string): Promise<Response> };

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => over.reject(new Error("it does not answer")), milliseconds);
  try {
    return await Promise.race([promise, over.promise]);
  } finally {
    clearTimeout(timer);
  }
}

export class EvaluationElsewhere implements Evaluation {
  readonly #evaluator: EvaluatorStub;
  readonly #limits: Limits;

  constructor(evaluator: EvaluatorStub, limits = usual) {
    this.#evaluator = evaluator;
    this.#limits = limits;
  }

  /** What is ours is not moved: sending it there would take as long. */
  readonly inTurns: Evaluation["inTurns"] = (steps) => here.inTurns(steps);

  async work<K extends Kind>(kind: K, tasks: readonly Task<K>[], left: Left): Promise<Done<K>> {
    const done = left.patience > 0 ? await this.#called(kind, tasks, left) : null;
    if (done !== null) return done;
    let rest = { ...left, patience: left.patience - 1 };
    const results: Result<K>[] = [];
    for (const task of tasks) {
      const alone = rest.patience > 0 ? await this.#called(kind, [task], rest) : null;
      rest = alone?.left ?? { ...rest, patience: rest.patience - 1 };
      results.push(...(alone?.results ?? [givenUp(kind, task)]));
    }
    return { results, left: rest };
  }

  /** Null where the call was lost. Afterwards the evaluator is there. */
  #called<K extends Kind>(kind: K, tasks: readonly Task<K>[], left: Left): Promise<Done<K> | null> {
    const { call, grace } = this.#limits;
    return lane.take(async () => {
      try {
        return await within(this.#evaluator.work(kind, tasks, left, call), call + grace);
      } catch (error) {
        errorLines.tell(`the evaluator lost a call with ${kind}`, error);
        await this.#untilItIsBack();
        return null;
      }
    });
  }

  async #untilItIsBack(): Promise<void> {
    const until = Date.now() + this.#limits.return;
    for (;;) {
      const answer = await within(this.#evaluator.fetch("http://evaluator/"), LOOK).catch(() => null);
      if (answer?.ok) return;
      if (Date.now() >= until) throw new EvaluatorAway();
      await scheduler.wait(BETWEEN_LOOKS);
    }
  }
}

/** Nothing is wrong with what was to be evaluated. */
export class EvaluatorAway extends Error {
  readonly retryable = true;

  constructor() {
    super("the evaluator is away");
  }
}

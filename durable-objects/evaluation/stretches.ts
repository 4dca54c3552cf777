/**
 * Long work that others need not wait for. An isolate has one thread, and all its objects and requests share it: whoever works
 * without a pause lets nobody be answered meanwhile.
 */
import type { Steps } from "../../checks/steps.ts";

/** Milliseconds of work between two pauses, where the clock advances meanwhile. */
const STRETCH = 20;
/** Steps between two pauses, where it does not. */
const MOST_STEPS = 500;

/** What is waiting is answered first. */
function pause(): Promise<void> {
  return scheduler.wait(0);
}

/** All work that shares these takes the same pauses: many short pieces after one another hold up others as one long piece would. */
export class Stretches {
  #endsAt = Number.NEGATIVE_INFINITY;
  #stepsLeft = 0;

  /** @param until by `performance.now()`: work that is not done by then is given up, between two steps */
  async take<T>(steps: Steps<T>, until = Number.POSITIVE_INFINITY): Promise<T> {
    for (;;) {
      const now = performance.now();
      if (now >= until) throw new Error("the work took too long, and was given up");
      if (now >= this.#endsAt || this.#stepsLeft === 0) await this.#pause();
      this.#stepsLeft -= 1;
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  async #pause(): Promise<void> {
    await pause();
    this.#endsAt = performance.now() + STRETCH;
    this.#stepsLeft = MOST_STEPS;
  }
}

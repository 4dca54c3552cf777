/**
 * Long work that others need not wait for. An isolate has one thread, and all its objects and requests share it: whoever works
 * without a pause lets nobody be answered meanwhile.
 */
import type { Steps } from "../checks/steps.ts";

/** Milliseconds of work between two pauses, where the clock advances meanwhile. */
const STRETCH = 20;
/** Steps between two pauses, where it does not. */
const MOST_STEPS = 500;

/** What is waiting is answered first. */
function pause(): Promise<void> {
  return scheduler.wait(0);
}

export async function inStretches<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const until = performance.now() + STRETCH;
    for (let count = 0; count < MOST_STEPS && performance.now() < until; count += 1) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    await pause();
  }
}

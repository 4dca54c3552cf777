/** In place of `durable-objects/evaluation/stretches.ts`: pauses by the number of steps alone, since the machine's time is none of the world's. */
import type { Steps } from "../../../checks/steps.ts";

const STEPS = 100;

export class Stretches {
  async take<T>(steps: Steps<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      const step = steps.next();
      if (step.done) return step.value;
      if (count % STEPS === 0) await scheduler.wait(0);
    }
  }
}

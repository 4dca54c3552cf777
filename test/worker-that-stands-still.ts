/** The product's Worker, with an evaluator that some words stop for good: as a mistake in how steps are counted would. */
import type { Done, Left } from "../checks/evaluation/evaluation.ts";
import type { Kind, Task } from "../checks/evaluation/tasks.ts";
import { Evaluator as ProductEvaluator } from "../durable-objects/evaluation/evaluator.ts";

export * from "../workers/index.ts";
export { default } from "../workers/index.ts";

export class Evaluator extends ProductEvaluator {
  override async work<K extends Kind>(
    kind: K,
    tasks: readonly Task<K>[],
    left: Left,
    limit: number,
  ): Promise<Done<K>> {
    if (JSON.stringify(tasks).includes(`${kind} stand still`)) for (;;);
    return super.work(kind, tasks, left, limit);
  }
}

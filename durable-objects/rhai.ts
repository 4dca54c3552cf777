/** The engine of the isolate: all objects in it share what it has compiled. */
import type { Evaluator } from "../checks/evaluator.ts";
import { rhaiEvaluator } from "../checks/rhai-evaluator.ts";
import { instantiateRhai } from "../rhai-wasm/src/index.ts";
import module from "../rhai-wasm/wasm/rhai.wasm";

let evaluator: Evaluator | null = null;

/** Made at the first use. No time budget: the clock stands still here while a script runs; the limit of operations stops it. */
export function sharedEvaluator(): Evaluator {
  evaluator ??= rhaiEvaluator(instantiateRhai(module, { timeBudget: Number.POSITIVE_INFINITY }));
  return evaluator;
}

/** The engine of the isolate: all objects in it share what it has compiled. */
import type { Evaluator } from "../../checks/evaluator.ts";
import { rhaiEvaluator } from "../../checks/rhai-evaluator.ts";
import { instantiateRhai } from "../../rhai-wasm/src/index.ts";
import module from "../../rhai-wasm/wasm/rhai.wasm";

let evaluator: Evaluator | null = null;

/**
 * Milliseconds that a script may take where the clock advances while it runs; on Cloudflare it stands still. The limit of
 * operations comes first on any machine that is not overloaded, and stops the same script at the same place everywhere.
 */
const TIME_BUDGET = 2_000;

/** Made at the first use. */
export function sharedEvaluator(): Evaluator {
  evaluator ??= rhaiEvaluator(instantiateRhai(module, { timeBudget: TIME_BUDGET }));
  return evaluator;
}

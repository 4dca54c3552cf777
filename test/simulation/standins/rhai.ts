/** In place of `durable-objects/evaluation/rhai.ts`: the same engine, loaded as Node loads it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Evaluator } from "../../../checks/evaluator.ts";
import { rhaiEvaluator } from "../../../checks/rhai-evaluator.ts";
import { instantiateRhai } from "../../../rhai-wasm/src/index.ts";

// Workers cannot compile, so their types have no constructor.
const { Module } = WebAssembly as unknown as { Module: new (bytes: Uint8Array) => WebAssembly.Module };
const file = join(import.meta.dirname, "../../../rhai-wasm/wasm/rhai.wasm");
let evaluator: Evaluator | null = null;

/** Its time is the machine's, not the world's: no script is given up for it. */
export function sharedEvaluator(): Evaluator {
  evaluator ??= rhaiEvaluator(
    instantiateRhai(new Module(readFileSync(file)), { timeBudget: Number.POSITIVE_INFINITY }),
  );
  return evaluator;
}

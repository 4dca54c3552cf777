/** The engine in the browser: the same WebAssembly, and the same limits, as on the edge. */
import { useQuery } from "@tanstack/react-query";
import type { Evaluator } from "../../../checks/evaluator.ts";
import { rhaiEvaluator } from "../../../checks/rhai-evaluator.ts";
import { loadRhai } from "../../../rhai-wasm/src/index.ts";
import wasmUrl from "../../../rhai-wasm/wasm/rhai.wasm?url";

/** Milliseconds that a script may take: whoever writes waits for it. */
const TIME_BUDGET = 250;

/** Undefined while it is loaded. */
export function useEvaluator(): Evaluator | undefined {
  const { data } = useQuery({
    queryKey: ["engine"],
    queryFn: async () => rhaiEvaluator(await loadRhai(wasmUrl, { timeBudget: TIME_BUDGET })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  return data;
}

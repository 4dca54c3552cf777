/** What a check would have said over all past executions of a group. */
import type { CheckDefinition } from "../../../checks/definition.ts";
import type { Evaluator } from "../../../checks/evaluator.ts";
import type { Result } from "../../../checks/results.ts";
import { readDetails, readHistory } from "../api/executions.ts";
import { materialOf } from "./material.ts";
import { evaluateOn } from "./trial.ts";

export interface Past {
  readonly executionId: string;
  readonly startedAt: string;
  /** `no facts`: what the check asks for was not asked for then. */
  readonly said: Result | "no facts";
}

const AT_ONCE = 50;

/** Whether an execution gathered all that the check asks for, wherever it was answered. */
function hasFacts(check: CheckDefinition, hosts: ReturnType<typeof materialOf>["hosts"]): boolean {
  return check.facts.every(({ name }) => hosts.some(({ facts }) => Object.hasOwn(facts, name)));
}

export interface Progress {
  readonly past: readonly Past[];
  readonly total: number;
}

/** Tells after each execution; the last started come first. */
export async function* overThePast(
  groupId: string,
  check: CheckDefinition,
  evaluator: Evaluator,
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  const past: Past[] = [];
  for (let page = 1, left = true; left && !signal.aborted; page += 1) {
    const { items, total_count: total } = await readHistory(groupId, page, AT_ONCE);
    left = items.length === AT_ONCE;
    for (const { execution_id, started_at, status } of items) {
      if (status === "running") continue;
      if (signal.aborted) return;
      const details = await readDetails(execution_id);
      const material = materialOf(check, details, (id) => id);
      const said = hasFacts(check, material.hosts)
        ? (evaluateOn(check, material, evaluator)?.result ?? "no facts")
        : "no facts";
      past.push({ executionId: execution_id, startedAt: started_at, said });
      yield { past: [...past], total };
    }
  }
}

/** Whether an agent's answer is taken. */
import type { FactsGathered } from "../../checks/agent-messages.ts";
import { type ExecutionPlan, factRequests, type PlannedTarget } from "../../checks/planning/plan.ts";
import { tooLarge } from "../../checks/told-facts.ts";

/** `refused` is final: sent again, it is refused again. */
export type Receipt = { readonly type: "accepted" } | { readonly type: "refused"; readonly detail: string };

export function refusedBecause(detail: string): Receipt {
  return { type: "refused", detail };
}

/** UTF-16 units of one agent's facts, and of those of all agents: an object has 128 MB of memory. */
const MOST_OF_ONE = 4_000_000;
const MOST_OF_ALL = 16_000_000;

/**
 * The facts that were asked for, as text. What is too large cannot be kept: then every fact is an error, so that the execution
 * need not wait for an answer that will never fit.
 */
export function factsToKeep(plan: ExecutionPlan, target: PlannedTarget, answer: FactsGathered): string {
  const asked = new Set(
    factRequests(plan, target).map(({ check_id, name }) => JSON.stringify([check_id, name])),
  );
  const facts = answer.facts_gathered.filter(({ check_id, name }) =>
    asked.has(JSON.stringify([check_id, name])),
  );
  const text = JSON.stringify(facts);
  const most = Math.min(MOST_OF_ONE, MOST_OF_ALL / plan.targets.length);
  if (text.length <= most) return text;
  const message = `The facts of the agent have ${text.length} characters, of ${Math.floor(most)} at most`;
  return JSON.stringify(tooLarge(factRequests(plan, target), message));
}

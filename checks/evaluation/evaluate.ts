/** Evaluates one execution: pure, given an evaluator of scripts (checks.md 5). */
import type { CheckDefinition } from "../definition.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Fact } from "../facts.ts";
import type { CheckResult, ExecutionResult, ResolvedValue } from "../results.ts";
import { checkAgent, excludedAgent, timedOut } from "./agent-check.ts";
import { checkResultOf, expectationResults, worst } from "./aggregate.ts";

export interface ExecutionInput {
  /** Those that were selected. */
  readonly checks: readonly CheckDefinition[];
  /** Resolved for the environment, by check. */
  readonly values: ReadonlyMap<string, readonly ResolvedValue[]>;
  /** The pairs that are to be executed; those that are excluded are not among them. */
  readonly targets: readonly { readonly agent_id: string; readonly checks: readonly string[] }[];
  /** What each agent answered; an agent that is not among them did not answer in time. */
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
  readonly excluded: readonly {
    readonly check_id: string;
    readonly agent_id: string;
    readonly expression: string;
  }[];
}

function inOrder<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((one, other) =>
    keyOf(one) < keyOf(other) ? -1 : Number(keyOf(one) > keyOf(other)),
  );
}

function evaluateCheck(
  check: CheckDefinition,
  input: ExecutionInput,
  evaluator: Evaluator,
): CheckResult | null {
  const values = input.values.get(check.id) ?? [];
  const agents = inOrder(input.targets, ({ agent_id }) => agent_id)
    .filter(({ checks }) => checks.includes(check.id))
    .map(({ agent_id }) => {
      const answered = input.facts.get(agent_id);
      return answered === undefined
        ? timedOut(agent_id)
        : checkAgent(check, agent_id, answered, values, evaluator);
    });
  const excluded = inOrder(input.excluded, ({ agent_id }) => agent_id)
    .filter(({ check_id }) => check_id === check.id)
    .map(({ agent_id, expression }) => excludedAgent(agent_id, expression));
  if (agents.length + excluded.length === 0) return null;
  const expectation_results = expectationResults(check, agents);
  return {
    check_id: check.id,
    customized: values.some(({ customized }) => customized),
    result: checkResultOf(check, agents, expectation_results),
    expectation_results,
    agents_check_results: [...agents.map(({ result }) => result), ...excluded],
  };
}

/** Total: what facts and scripts do wrong is a result. Checks and agents are in the order of their ids. */
export function evaluateExecution(input: ExecutionInput, evaluator: Evaluator): ExecutionResult {
  const check_results = inOrder(input.checks, ({ id }) => id).flatMap(
    (check) => evaluateCheck(check, input, evaluator) ?? [],
  );
  const silent = input.targets.filter(({ agent_id }) => !input.facts.has(agent_id));
  return {
    result: worst(check_results.map(({ result }) => result)),
    check_results,
    timeout: inOrder(silent, ({ agent_id }) => agent_id).map(({ agent_id }) => agent_id),
  };
}

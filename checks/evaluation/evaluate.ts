/** Evaluates one execution: pure, given an evaluator of scripts. */
import { allotted, allowanceOfExecution } from "../allowance.ts";
import type { CheckDefinition } from "../definition.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Fact } from "../facts.ts";
import type { CheckResult, ExecutionResult, ResolvedValue } from "../results.ts";
import { finish, type Steps } from "../steps.ts";
import { type AgentCheck, checkAgent, excludedAgent, timedOut } from "./agent-check.ts";
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

/** A target as it is looked at for every check. */
interface Agent {
  readonly agent_id: string;
  readonly checks: ReadonlySet<string>;
  /** What it answered, by check; null where it did not answer in time. */
  readonly facts: ReadonlyMap<string, readonly Fact[]> | null;
}

function agentsOf({ targets, facts }: ExecutionInput): Agent[] {
  return inOrder(targets, ({ agent_id }) => agent_id).map(({ agent_id, checks }) => {
    const answered = facts.get(agent_id);
    const byCheck = answered === undefined ? null : Map.groupBy(answered, ({ check_id }) => check_id);
    return { agent_id, checks: new Set(checks), facts: byCheck };
  });
}

function* evaluateCheck(
  check: CheckDefinition,
  values: readonly ResolvedValue[],
  targets: readonly Agent[],
  excluded: ExecutionInput["excluded"],
  evaluator: Evaluator,
): Steps<CheckResult | null> {
  const agents: AgentCheck[] = [];
  for (const { agent_id, checks, facts } of targets) {
    if (!checks.has(check.id)) continue;
    const answered = facts?.get(check.id) ?? [];
    agents.push(
      facts === null ? timedOut(agent_id) : yield* checkAgent(check, agent_id, answered, values, evaluator),
    );
    yield;
  }
  if (agents.length + excluded.length === 0) return null;
  const expectation_results = expectationResults(check, agents);
  return {
    check_id: check.id,
    customized: values.some(({ customized }) => customized),
    result: checkResultOf(check, agents, expectation_results),
    expectation_results,
    agents_check_results: [
      ...agents.map(({ result }) => result),
      ...excluded.map(({ agent_id, expression }) => excludedAgent(agent_id, expression)),
    ],
  };
}

/** Total: what facts and scripts do wrong is a result. Checks and agents are in the order of their ids. */
export function* evaluationSteps(input: ExecutionInput, evaluator: Evaluator): Steps<ExecutionResult> {
  const within = allotted(evaluator, allowanceOfExecution);
  const agents = agentsOf(input);
  const excluded = Map.groupBy(
    inOrder(input.excluded, ({ agent_id }) => agent_id),
    ({ check_id }) => check_id,
  );
  const check_results: CheckResult[] = [];
  for (const check of inOrder(input.checks, ({ id }) => id)) {
    const values = input.values.get(check.id) ?? [];
    const result = yield* evaluateCheck(check, values, agents, excluded.get(check.id) ?? [], within);
    if (result !== null) check_results.push(result);
  }
  return {
    result: worst(check_results.map(({ result }) => result)),
    check_results,
    timeout: agents.filter(({ facts }) => facts === null).map(({ agent_id }) => agent_id),
  };
}

/** All at once. */
export function evaluateExecution(input: ExecutionInput, evaluator: Evaluator): ExecutionResult {
  return finish(evaluationSteps(input, evaluator));
}

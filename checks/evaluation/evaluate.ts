/** Evaluates one execution: pure, given an evaluator of scripts. */
import { allotted, allowanceOfExecution } from "../allowance.ts";
import type { CheckDefinition } from "../definition.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Fact } from "../facts.ts";
import type { CheckResult, ExecutionResult, ResolvedValue } from "../results.ts";
import { finish, type Steps } from "../steps.ts";
import { type AgentCheck, checkAgent, excludedAgent, timedOut } from "./agent-check.ts";
import { checkResultOf, expectationResults, worst } from "./aggregate.ts";
import { Allotment } from "./allotment.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Evaluated } from "./expectations.ts";
import { type ExpectationsTask, taskSteps } from "./tasks.ts";

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

/** By check, in the order of the agents' ids. */
type Judged = ReadonlyMap<string, readonly AgentCheck[]>;

/** Gives what is to be evaluated of one target at a time, and is given what came of it. */
function* judging(
  input: ExecutionInput,
): Generator<readonly ExpectationsTask[], Judged, readonly (readonly Evaluated[])[]> {
  const judged = new Map<string, AgentCheck[]>(input.checks.map(({ id }) => [id, []]));
  const checks = inOrder(input.checks, ({ id }) => id);
  for (const { agent_id, checks: own, facts } of agentsOf(input)) {
    const selected = checks.filter(({ id }) => own.has(id));
    if (facts === null) {
      for (const { id } of selected) judged.get(id)?.push(timedOut(agent_id));
      continue;
    }
    const open = selected.map((check) => ({
      id: check.id,
      ...checkAgent(check, agent_id, facts.get(check.id) ?? [], input.values.get(check.id) ?? []),
    }));
    const evaluated = yield open.flatMap(({ task }) => (task === null ? [] : [task]));
    let next = 0;
    for (const { id, task, judge } of open)
      judged.get(id)?.push(judge(task === null ? [] : (evaluated[next++] ?? [])));
  }
  return judged;
}

function checkResult(
  check: CheckDefinition,
  values: readonly ResolvedValue[],
  agents: readonly AgentCheck[],
  excluded: ExecutionInput["excluded"],
): CheckResult | null {
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

function* resultSteps(input: ExecutionInput, judged: Judged): Steps<ExecutionResult> {
  const excluded = Map.groupBy(
    inOrder(input.excluded, ({ agent_id }) => agent_id),
    ({ check_id }) => check_id,
  );
  const check_results: CheckResult[] = [];
  for (const check of inOrder(input.checks, ({ id }) => id)) {
    const values = input.values.get(check.id) ?? [];
    const result = checkResult(check, values, judged.get(check.id) ?? [], excluded.get(check.id) ?? []);
    if (result !== null) check_results.push(result);
    yield;
  }
  return {
    result: worst(check_results.map(({ result }) => result)),
    check_results,
    timeout: inOrder(input.targets, ({ agent_id }) => agent_id)
      .map(({ agent_id }) => agent_id)
      .filter((agent_id) => !input.facts.has(agent_id)),
  };
}

/**
 * Total: what facts and scripts do wrong is a result. Checks and agents are in the order of their ids. Scripts are evaluated
 * one target at a time: what holds one of them up is known to be of it.
 */
export async function evaluateExecution(
  input: ExecutionInput,
  evaluation: Evaluation,
): Promise<ExecutionResult> {
  const allotment = new Allotment(evaluation, allowanceOfExecution);
  const steps = judging(input);
  let step = steps.next();
  while (!step.done) step = steps.next(await allotment.work("expectations", step.value));
  return evaluation.inTurns(resultSteps(input, step.value));
}

/** The same, all at once. */
export function evaluateAtOnce(input: ExecutionInput, evaluator: Evaluator): ExecutionResult {
  const within = allotted(evaluator, allowanceOfExecution);
  const steps = judging(input);
  let step = steps.next();
  while (!step.done)
    step = steps.next(step.value.map((task) => finish(taskSteps("expectations", task, within))));
  return finish(resultSteps(input, step.value));
}

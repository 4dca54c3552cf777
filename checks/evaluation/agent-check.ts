/** One check on one agent. */
import type { CheckDefinition } from "../definition.ts";
import type { Fact } from "../facts.ts";
import { repeatedNames, repetition } from "../names.ts";
import type { AgentCheckError, AgentCheckResult, FactOrError, ResolvedValue } from "../results.ts";
import type { Evaluated } from "./expectations.ts";
import type { ExpectationsTask } from "./tasks.ts";

/** `evaluated` is null where the facts could not be had: then no expectation was evaluated. */
export interface AgentCheck {
  readonly result: AgentCheckResult | AgentCheckError;
  readonly evaluated: readonly Evaluated[] | null;
}

/**
 * An agent leaves out facts of gatherers that it does not know. A check that then could not be judged does not vanish: the
 * missing fact is an error. Of a fact that was told twice, the first counts; one that was not asked for is passed over.
 */
function declaredFacts(check: CheckDefinition, own: readonly Fact[]): Fact[] {
  return check.facts.map(
    ({ name, gatherer }) =>
      own.find((fact) => fact.name === name) ?? {
        check_id: check.id,
        name,
        error: {
          type: "fact_not_gathered",
          message: `The agent did not answer for this fact: it may not know the gatherer ${gatherer}`,
        },
      },
  );
}

function toShown(fact: Fact): FactOrError {
  const { check_id, name } = fact;
  return "value" in fact ? { check_id, name, value: fact.value } : { check_id, name, ...fact.error };
}

export function timedOut(agent_id: string): AgentCheck {
  const message = "Agent timed out during the execution";
  return { result: { agent_id, facts: null, type: "timeout", message }, evaluated: null };
}

export function excludedAgent(agent_id: string, exclude_expression: string): AgentCheckResult {
  return {
    agent_id,
    status: "excluded",
    exclude_expression,
    facts: [],
    values: [],
    expectation_evaluations: [],
  };
}

/** A check that gives one name to two things cannot be judged: which of them a script means, nobody knows. */
function withRepeatedName(check: CheckDefinition): Evaluated[] | null {
  const [repeated] = repeatedNames(check);
  if (repeated === undefined) return null;
  const message = `${repeated.list}.${repeated.index}.name ${repetition(repeated)}`;
  return check.expectations.map(({ name }) => ({
    ok: false,
    evaluation: { name, type: "repeated_name", message },
  }));
}

/** What is to be evaluated, and what becomes of it; no task where it is settled without. */
export interface OpenCheck {
  readonly task: ExpectationsTask | null;
  judge(evaluated: readonly Evaluated[]): AgentCheck;
}

/** @param answered what the agent told for this check */
export function checkAgent(
  check: CheckDefinition,
  agent_id: string,
  answered: readonly Fact[],
  values: readonly ResolvedValue[],
): OpenCheck {
  const facts = declaredFacts(check, answered);
  const shown = facts.map(toShown);
  if (facts.some((fact) => "error" in fact)) {
    const message = "Fact gathering error occurred during the execution";
    const result = { agent_id, facts: shown, type: "fact_gathering_error", message };
    return { task: null, judge: () => ({ result, evaluated: null }) };
  }
  const judge = (evaluated: readonly Evaluated[]): AgentCheck => ({
    evaluated,
    result: {
      agent_id,
      status: "executed",
      exclude_expression: null,
      facts: shown,
      values: [...values],
      expectation_evaluations: evaluated.map(({ evaluation }) => evaluation),
    },
  });
  const repeated = withRepeatedName(check);
  if (repeated !== null) return { task: null, judge: () => judge(repeated) };
  return { task: { expectations: check.expectations, facts, values }, judge };
}

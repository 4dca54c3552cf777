/** Checks and executions for specs: what a spec is not about has a value that does no harm. */
import type { CheckDefinition, Expectation } from "./definition.ts";
import type { ExecutionInput } from "./evaluation/evaluate.ts";
import type { ResolvedValue } from "./results.ts";

export function expectation(expression: string, more: Partial<Expectation> = {}): Expectation {
  return { name: "met", type: "expect", expression, failure_message: null, warning_message: null, ...more };
}

export function check(expectations: Expectation[], more: Partial<CheckDefinition> = {}): CheckDefinition {
  return {
    id: "ED6E01",
    name: "a check",
    group: "a group",
    description: "",
    remediation: "",
    severity: "critical",
    metadata: null,
    when: null,
    exclude: null,
    customization_disabled: false,
    facts: [{ name: "token", gatherer: "corosync.conf@v1", argument: "totem.token" }],
    values: [],
    expectations,
    ...more,
  };
}

interface Answers {
  readonly values?: readonly ResolvedValue[];
  readonly excluded?: ExecutionInput["excluded"];
  /** Agents that are asked beside those that answer. */
  readonly silent?: readonly string[];
}

/** One check on agents that answered with their tokens. */
export function execution(
  one: CheckDefinition,
  tokens: Readonly<Record<string, unknown>>,
  { values = [], excluded = [], silent = [] }: Answers = {},
): ExecutionInput {
  const agents = [...Object.keys(tokens), ...silent];
  return {
    checks: [one],
    values: new Map([[one.id, values]]),
    targets: agents.map((agent_id) => ({ agent_id, checks: [one.id] })),
    facts: new Map(
      Object.entries(tokens).map(([agent, value]) => [
        agent,
        [{ check_id: one.id, name: "token", value: JSON.parse(JSON.stringify(value)) }],
      ]),
    ),
    excluded,
  };
}

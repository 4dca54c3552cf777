/** From what agents' facts said to the result of a check, and of an execution. */
import type { CheckDefinition, Expectation } from "../definition.ts";
import type { ExpectationResult, Result } from "../results.ts";
import type { AgentCheck } from "./agent-check.ts";
import { DEFAULT_MESSAGE } from "./expectations.ts";

const weight: Record<Result, number> = { passing: 0, warning: 1, critical: 2 };

export function worst(results: readonly Result[]): Result {
  return results.reduce((one, other) => (weight[other] > weight[one] ? other : one), "passing");
}

/** @param index of the expectation: agents' evaluations are in the order of the expectations */
function resultOf(expectation: Expectation, index: number, agents: readonly AgentCheck[]): boolean | Result {
  const evaluated = agents.map((agent) => agent.evaluated?.[index]);
  const good = evaluated.flatMap((one) => (one?.ok ? [one] : []));
  // Where one agent could not be judged, nothing is said of all of them.
  if (good.length !== agents.length) return false;
  const values = good.map(({ evaluation }) => evaluation.return_value);
  switch (expectation.type) {
    case "expect":
      return values.every((value) => value === true);
    case "expect_same":
      return new Set(good.map(({ identity }) => identity)).size === 1;
    case "expect_enum":
      return worst(values.map((value) => (value === "passing" || value === "warning" ? value : "critical")));
  }
}

export function expectationResults(
  { expectations }: CheckDefinition,
  agents: readonly AgentCheck[],
): ExpectationResult[] {
  if (!agents.some(({ evaluated }) => evaluated !== null)) return [];
  return expectations
    .map((expectation, index): ExpectationResult => {
      const { name, type, failure_message } = expectation;
      const result = resultOf(expectation, index, agents);
      const message =
        type === "expect_same" && result === false ? (failure_message ?? DEFAULT_MESSAGE) : null;
      return { name, type, result, failure_message: message };
    })
    .sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
}

export function checkResultOf(
  { severity }: CheckDefinition,
  agents: readonly AgentCheck[],
  expectations: readonly ExpectationResult[],
): Result {
  const errors = agents.flatMap(({ result }) => ("type" in result ? [result.type] : []));
  if (errors.includes("timeout")) return "critical";
  if (errors.length > 0) return severity;
  return worst(
    expectations.map(({ result }) => (result === true ? "passing" : result === false ? severity : result)),
  );
}

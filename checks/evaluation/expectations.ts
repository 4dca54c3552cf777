/** What the expectations of a check make of one agent's facts. */
import type { Expectation } from "../definition.ts";
import type { PreparedScope } from "../evaluator.ts";
import type { ExpectationEvaluation, ExpectationEvaluationError } from "../results.ts";
import type { Steps } from "../steps.ts";
import { excerpt, excerptOfValue } from "./excerpt.ts";
import { fingerprint } from "./fingerprint.ts";

export const DEFAULT_MESSAGE = "Expectation not met";

/** An evaluation, and what makes return values of several agents the same or not, where that is asked; else it is empty. */
export type Evaluated =
  | { readonly ok: true; readonly evaluation: ExpectationEvaluation; readonly identity: string }
  | { readonly ok: false; readonly evaluation: ExpectationEvaluationError };

/** A message is a template of Rhai; one that fails, or gives no text, is replaced by the default. */
function interpolate(message: string | null, scope: PreparedScope): string {
  if (message === null) return DEFAULT_MESSAGE;
  const outcome = scope.evaluate(`\`${message}\``);
  return outcome.ok && typeof outcome.value === "string" ? excerpt(outcome.value) : DEFAULT_MESSAGE;
}

function messageOf(
  { type, failure_message, warning_message }: Expectation,
  value: unknown,
  scope: PreparedScope,
): string | null {
  if (type === "expect") return value === false ? interpolate(failure_message, scope) : null;
  if (type === "expect_same" || value === "passing") return null;
  return interpolate(value === "warning" ? warning_message : failure_message, scope);
}

/** A step for each script. */
export function* evaluateExpectation(expectation: Expectation, scope: PreparedScope): Steps<Evaluated> {
  const { name, type } = expectation;
  const outcome = scope.evaluate(expectation.expression);
  yield;
  if (!outcome.ok) {
    return { ok: false, evaluation: { name, type: outcome.kind, message: excerpt(outcome.message) } };
  }
  const isKept = type !== "expect_enum" || outcome.value === "passing" || outcome.value === "warning";
  const value = isKept ? outcome.value : "critical";
  return {
    ok: true,
    identity: type === "expect_same" ? fingerprint(outcome.identity) : "",
    evaluation: {
      name,
      type,
      // What the evaluator gives is JSON by its contract.
      return_value: excerptOfValue(value) as ExpectationEvaluation["return_value"],
      failure_message: messageOf(expectation, value, scope),
    },
  };
}

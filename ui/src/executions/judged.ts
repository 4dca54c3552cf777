/** What a check found, told apart from what could not be found since a host did not answer in time. */
import type { CheckResult, Result } from "../../../checks/results.ts";

/** The API calls a check critical as soon as one host has not answered; nothing was found wrong by that. */
export type Judged = Result | "timed out";

type OfHost = CheckResult["agents_check_results"][number];

function isTimeout(one: OfHost): boolean {
  return "type" in one && one.type === "timeout";
}

function failed(one: OfHost): boolean {
  if ("type" in one) return one.type !== "timeout";
  return one.expectation_evaluations.some(
    (evaluation) => "message" in evaluation || evaluation.failure_message !== null,
  );
}

export function judgedOf({ result, agents_check_results }: CheckResult): Judged {
  if (!agents_check_results.some(isTimeout)) return result;
  return agents_check_results.some(failed) ? result : "timed out";
}

/** Ids of the hosts that did not answer in time. */
export function timedOutHosts(results: readonly CheckResult[]): string[] {
  const ids = results.flatMap(({ agents_check_results }) =>
    agents_check_results.filter(isTimeout).map(({ agent_id }) => agent_id),
  );
  return [...new Set(ids)];
}

const order: readonly Judged[] = ["critical", "timed out", "warning", "passing"];

/** What one must look at first, and of the same kind by id. @param shown null shows all */
export function sortedResults(results: readonly CheckResult[], shown: Judged | null): CheckResult[] {
  return results
    .filter((one) => shown === null || judgedOf(one) === shown)
    .toSorted(
      (one, other) =>
        order.indexOf(judgedOf(one)) - order.indexOf(judgedOf(other)) ||
        one.check_id.localeCompare(other.check_id),
    );
}

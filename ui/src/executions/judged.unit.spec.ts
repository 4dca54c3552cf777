/** A host that did not answer is no finding. */
import { describe, expect, it } from "vitest";
import type { CheckResult } from "../../../checks/results.ts";
import { judgedOf, sortedResults, timedOutHosts } from "./judged.ts";

type OfHost = CheckResult["agents_check_results"][number];

const away = (agent_id: string): OfHost => ({
  agent_id,
  facts: null,
  type: "timeout",
  message: "Agent timed out during the execution",
});
const broken = (agent_id: string): OfHost => ({ ...away(agent_id), type: "fact_gathering_error" });
const answered = (agent_id: string, failure_message: string | null): OfHost => ({
  agent_id,
  status: "executed",
  exclude_expression: null,
  facts: [],
  values: [],
  expectation_evaluations: [
    { name: "expected", type: "expect", return_value: failure_message === null, failure_message },
  ],
});

function check(check_id: string, result: CheckResult["result"], ...hosts: OfHost[]): CheckResult {
  return { check_id, customized: false, result, expectation_results: [], agents_check_results: hosts };
}

describe("a check of which a host did not answer", () => {
  it("has timed out where nothing else is wrong", () => {
    expect(judgedOf(check("A", "critical", away("one")))).toBe("timed out");
    expect(judgedOf(check("A", "critical", away("one"), answered("two", null)))).toBe("timed out");
  });

  it("is critical where another host fails, or could not gather", () => {
    expect(judgedOf(check("A", "critical", away("one"), answered("two", "too low")))).toBe("critical");
    expect(judgedOf(check("A", "critical", away("one"), broken("two")))).toBe("critical");
  });
});

it("leaves alone what was answered", () => {
  expect(judgedOf(check("A", "warning", answered("one", "too low")))).toBe("warning");
  expect(judgedOf(check("A", "critical", broken("one")))).toBe("critical");
});

describe("results", () => {
  const results = [
    check("D", "passing", answered("one", null)),
    check("C", "critical", away("two"), away("three")),
    check("B", "critical", answered("one", "too low"), away("two")),
    check("A", "critical", away("two")),
  ];

  it("have what failed first, then what is not known", () => {
    expect(sortedResults(results, null).map(({ check_id }) => check_id)).toEqual(["B", "A", "C", "D"]);
    expect(sortedResults(results, "timed out").map(({ check_id }) => check_id)).toEqual(["A", "C"]);
  });

  it("name each host once that did not answer", () => {
    expect(timedOutHosts(results)).toEqual(["two", "three"]);
  });
});

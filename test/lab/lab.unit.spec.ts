/** The lab: a check is tried on facts as the engine would run it. */
import { beforeAll, describe, expect, it } from "vitest";
import { readContent } from "../../checks/catalogue/read-check.ts";
import type { CheckDefinition } from "../../checks/definition.ts";
import type { Evaluator } from "../../checks/evaluator.ts";
import { rhaiEvaluator } from "../../checks/rhai-evaluator.ts";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import type { ExecutionDetails } from "../../ui/src/api/executions.ts";
import { materialOf, readPasted, samplePaste } from "../../ui/src/lab/material.ts";
import { sampleCheck } from "../../ui/src/lab/sample.ts";
import { tryOut } from "../../ui/src/lab/trial.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

function pasted(text: string) {
  const read = readPasted(text);
  if ("problem" in read) throw new Error(read.problem);
  return read.material;
}

describe("the sample", () => {
  it("has nothing wrong, and judges the facts that come with it", () => {
    const { findings, result } = tryOut(sampleCheck, pasted(samplePaste), evaluator);
    expect(findings).toEqual([]);
    expect(result).toMatchObject({
      result: "critical",
      agents_check_results: [
        { agent_id: "node1", expectation_evaluations: [{ return_value: true }] },
        {
          agent_id: "node2",
          expectation_evaluations: [
            { failure_message: "The token is 5000 ms, and should be 30000 ms at least" },
          ],
        },
      ],
    });
  });
});

it("tells where a script is wrong, and goes on", () => {
  const broken = sampleCheck.replace("facts.token >= values.least_token", "facts.token >=");
  const { findings, result } = tryOut(broken, pasted(samplePaste), evaluator);
  expect(findings).toMatchObject([{ line: 22, severity: "error" }]);
  expect(result?.result).toBe("critical");
});

it("has no result where the text is no check", () => {
  expect(tryOut("id: [", pasted(samplePaste), evaluator)).toMatchObject({ check: null, result: null });
});

describe("pasted facts", () => {
  it.each([
    ["{", "This is not JSON"],
    ["[]", "The whole"],
    ['{"hosts": {"one": 1}}', "hosts.one"],
    ['{"hosts": {}, "x": 1}', "The whole"],
  ])("%s: what is wrong is said", (text, problem) => {
    expect(readPasted(text)).toMatchObject({ problem: expect.stringContaining(problem) });
  });
});

describe("the facts of an execution", () => {
  const { check } = readContent("F00001.yaml", sampleCheck);
  const way = { gatherer: "corosync.conf@v1", argument: "totem.token" };
  const definition = (id: string, name: string, facts = way): ExecutionDetails["definitions"][number] => ({
    ...(check as CheckDefinition),
    id,
    facts: [{ name, ...facts }],
    catalogue: "own",
  });
  const details: ExecutionDetails = {
    execution_id: "e",
    group_id: "g",
    target_type: "cluster",
    status: "completed",
    env: { provider: "azure" },
    catalogues: [],
    definitions: [
      definition("A", "configured"),
      definition("B", "token", { gatherer: "other@v1", argument: "" }),
    ],
    values: {},
    targets: [
      { agent_id: "one", checks: ["A", "B"], attributes: { is_majority_maker: false } },
      { agent_id: "two", checks: ["A", "B"], attributes: {} },
    ],
    facts: [
      {
        agent_id: "one",
        facts: [
          { check_id: "B", name: "token", value: 1 },
          { check_id: "A", name: "configured", value: 30_000 },
        ],
      },
    ],
    check_results: [],
  };

  it("serve under the check's own names where they were gathered in the same way", () => {
    if (check === null) throw new Error("the sample is no check");
    const material = materialOf(check, details, (id) => `host ${id}`);
    expect(material).toEqual({
      env: { provider: "azure" },
      hosts: [
        { name: "host one", attributes: { is_majority_maker: false }, facts: { token: { value: 30_000 } } },
        { name: "host two", attributes: {}, facts: {} },
      ],
    });
    expect(tryOut(sampleCheck, material, evaluator).result?.agents_check_results).toMatchObject([
      { agent_id: "host one", status: "executed" },
      { agent_id: "host two", type: "fact_gathering_error" },
    ]);
  });
});

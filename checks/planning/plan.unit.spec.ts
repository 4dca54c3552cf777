/** What an execution is going to do. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import type { Catalogue, CheckDefinition } from "../definition.ts";
import { type Evaluation, evaluationAtOnce } from "../evaluation/evaluation.ts";
import { check } from "../example.spec.ts";
import { rhaiEvaluator } from "../rhai-evaluator.ts";
import { activeTargets, type ExecutionRequest, factRequests, planExecution } from "./plan.ts";

let evaluation: Evaluation;
beforeAll(async () => {
  evaluation = evaluationAtOnce(rhaiEvaluator(await loadRhaiFromDisk()));
});

function catalogue(name: string, ...checks: CheckDefinition[]): Catalogue {
  return { name, version: `${name} 1`, checks };
}

function request(checks: string[], more: Partial<ExecutionRequest> = {}): ExecutionRequest {
  return {
    execution_id: "execution",
    group_id: "group",
    target_type: "cluster",
    env: { provider: "azure" },
    targets: [
      { agent_id: "one", checks, attributes: { is_majority_maker: false } },
      { agent_id: "two", checks, attributes: { is_majority_maker: true } },
    ],
    ...more,
  };
}

function plan(asked: ExecutionRequest, catalogues: Catalogue[], warnings: string[] = []) {
  return planExecution(asked, catalogues, new Map(), evaluation, (warning) => warnings.push(warning));
}

it("has the checks that are known and concern the target, with the catalogues that they are of", async () => {
  const planned = await plan(request(["A", "B", "C", "unknown", "A"]), [
    catalogue("own", check([], { id: "A" }), check([], { id: "B", metadata: { provider: "aws" } })),
    catalogue("other", check([], { id: "A", name: "hidden" }), check([], { id: "C" })),
    catalogue("third", check([], { id: "D" })),
  ]);
  expect(planned?.definitions.map(({ id, name, catalogue: from }) => [id, name, from])).toStrictEqual([
    ["A", "a check", "own"],
    ["C", "a check", "other"],
  ]);
  expect(planned?.targets.map(({ checks }) => checks)).toStrictEqual([
    ["A", "C"],
    ["A", "C"],
  ]);
  expect(planned?.catalogues).toStrictEqual([
    { name: "own", version: "own 1" },
    { name: "other", version: "other 1" },
  ]);
});

it("knows the type of the target as part of the environment", async () => {
  const own = catalogue("own", check([], { id: "A", metadata: { target_type: "host" } }));
  expect(await plan(request(["A"]), [own])).toBeNull();
  expect((await plan(request(["A"], { target_type: "host" }), [own]))?.env).toStrictEqual({
    provider: "azure",
    target_type: "host",
  });
});

it("is none where no check is left", async () => {
  expect(await plan(request([]), [catalogue("own", check([], { id: "A" }))])).toBeNull();
  expect(await plan(request(["B"]), [catalogue("own", check([], { id: "A" }))])).toBeNull();
});

it("has the values as they are at the start", async () => {
  const values = [{ name: "token", default: 1, conditions: [], customization_disabled: false }];
  const planned = await planExecution(
    request(["A", "B"]),
    [catalogue("own", check([], { id: "A", values }), check([], { id: "B", values }))],
    new Map([["A", new Map([["token", 2]])]]),
    evaluation,
    () => {},
  );
  expect(planned?.values).toStrictEqual({
    A: [{ name: "token", value: 2, customized: true }],
    B: [{ name: "token", value: 1, customized: false }],
  });
});

describe("a target", () => {
  it("is not asked for what is excluded there", async () => {
    const facts = [{ name: "token", gatherer: "corosync.conf@v1", argument: "totem.token" }];
    const planned = await plan(request(["A", "B"]), [
      catalogue(
        "own",
        check([], { id: "A", exclude: "host.is_majority_maker", facts }),
        check([], { id: "B", facts }),
      ),
    ]);
    if (planned === null) throw new Error("nothing was planned");
    expect(planned.excluded).toStrictEqual([
      { check_id: "A", agent_id: "two", expression: "host.is_majority_maker" },
    ]);
    expect(activeTargets(planned).map((target) => factRequests(planned, target))).toStrictEqual([
      [
        { check_id: "A", ...facts[0] },
        { check_id: "B", ...facts[0] },
      ],
      [{ check_id: "B", ...facts[0] }],
    ]);
  });

  it("is not asked at all where nothing is left for it", async () => {
    const planned = await plan(request(["A"]), [
      catalogue("own", check([], { id: "A", exclude: "host.is_majority_maker" })),
    ]);
    if (planned === null) throw new Error("nothing was planned");
    expect(activeTargets(planned).map(({ agent_id }) => agent_id)).toStrictEqual(["one"]);
    expect(planned.targets).toHaveLength(2);
  });

  it("keeps a check whose exclusion cannot be told, and somebody is warned", async () => {
    const warnings: string[] = [];
    const planned = await plan(
      request(["A"]),
      [catalogue("own", check([], { id: "A", exclude: "host.nothing" }))],
      warnings,
    );
    expect(planned?.excluded).toStrictEqual([]);
    expect(warnings).toStrictEqual([
      expect.stringMatching(/^check A is not excluded on one: Property not found/),
      expect.stringMatching(/^check A is not excluded on two: Property not found/),
    ]);
  });
});

it("joins what is said of one agent in several places", async () => {
  const own = catalogue("own", check([], { id: "A" }), check([], { id: "B" }));
  const targets = [
    { agent_id: "one", checks: ["A"], attributes: { is_majority_maker: true } },
    { agent_id: "two", checks: ["A"], attributes: {} },
    { agent_id: "one", checks: ["B", "A"], attributes: { other: 1 } },
  ];
  expect((await plan(request([], { targets }), [own]))?.targets).toStrictEqual([
    { agent_id: "one", checks: ["A", "B"], attributes: { is_majority_maker: true, other: 1 } },
    { agent_id: "two", checks: ["A"], attributes: {} },
  ]);
});

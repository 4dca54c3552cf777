/** Which checks concern a target, with which values, and where they are left out. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import { allowanceOfSelection } from "../allowance.ts";
import type { CheckDefinition } from "../definition.ts";
import { Allotment } from "../evaluation/allotment.ts";
import { evaluationAtOnce } from "../evaluation/evaluation.ts";
import type { Evaluator } from "../evaluator.ts";
import { check } from "../example.spec.ts";
import { rhaiEvaluator } from "../rhai-evaluator.ts";
import { concerning, selectChecks } from "./applies.ts";
import { exclusionOf } from "./exclusion.ts";
import { resolveAll, resolveValues } from "./values.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

const allotment = () => new Allotment(evaluationAtOnce(evaluator), allowanceOfSelection);

async function concerns(one: CheckDefinition, env: Record<string, unknown>): Promise<boolean> {
  return (await concerning([one], env, allotment())).length === 1;
}

const withMetadata = (metadata: CheckDefinition["metadata"]) => check([], { metadata });

describe("metadata", () => {
  it.each<[string, CheckDefinition["metadata"], Record<string, unknown>, boolean]>([
    ["none", null, { provider: "azure" }, true],
    ["the same", { provider: "azure" }, { provider: "azure" }, true],
    ["another", { provider: "aws" }, { provider: "azure" }, false],
    ["a list that has it", { provider: ["aws", "azure"] }, { provider: "azure" }, true],
    ["a list in a list", { provider: [["azure"]] }, { provider: "azure" }, true],
    ["a list without it", { provider: ["aws"] }, { provider: "azure" }, false],
    ["another type", { ensa: true }, { ensa: "true" }, false],
    ["a key that the environment lacks", { ensa: "ensa1" }, { provider: "azure" }, true],
    ["a key that the metadata lacks", { ensa: "ensa1" }, { ensa: "ensa1", provider: "azure" }, true],
    ["a name that every object has", { ensa: "ensa1" }, { toString: "x" }, true],
    ["anything, for an empty environment", { provider: "aws" }, {}, true],
  ])("that is %s", async (_, metadata, env, expected) => {
    expect(await concerns(withMetadata(metadata), env)).toBe(expected);
  });
});

describe("when", () => {
  it.each([
    ['env.provider == "azure"', true],
    ['env.provider == "aws"', false],
    ["env.nothing", false],
    ["1", false],
    ["env.", false],
  ])("%s", async (when, expected) => {
    expect(await concerns(check([], { when }), { provider: "azure" })).toBe(expected);
  });

  it("is not asked in an empty environment", async () => {
    expect(await concerns(check([], { when: "false" }), {})).toBe(true);
  });
});

it("passes over checks that nobody knows, and those that were not asked for", async () => {
  const known = [check([], { id: "A" }), check([], { id: "B" })];
  const selected = await selectChecks(known, ["B", "C", "B"], {}, allotment());
  expect(selected.map(({ id }) => id)).toStrictEqual(["B"]);
});

it("asks many checks, each with its own condition", async () => {
  const known = Array.from({ length: 250 }, (_, index) =>
    check([], { id: `C${index}`, when: index % 3 === 0 ? null : `env.number == ${index % 3}` }),
  );
  const found = await concerning(known, { number: 2 }, allotment());
  expect(found.map(({ id }) => id)).toStrictEqual(
    known.filter((_, index) => index % 3 !== 1).map(({ id }) => id),
  );
});

describe("a value", () => {
  const timed = check([], {
    values: [
      {
        name: "token",
        default: 5000,
        customization_disabled: false,
        conditions: [
          { value: 1, expression: "env.nothing" },
          { value: 2, expression: "1" },
          { value: 30000, expression: 'env.provider == "azure"' },
          { value: 3, expression: "true" },
        ],
      },
    ],
  });

  it.each([
    ["the first condition that is true", { provider: "azure" }, 30000],
    ["a later one", { provider: "aws" }, 3],
  ])("is that of %s", (_, env, value) => {
    expect(resolveValues(timed, env, new Map(), evaluator)).toStrictEqual([
      { name: "token", value, customized: false },
    ]);
  });

  it("is the default where no condition is true", () => {
    const plain = { ...timed, values: timed.values.map((one) => ({ ...one, conditions: [] })) };
    expect(resolveValues(plain, {}, new Map(), evaluator)).toMatchObject([{ value: 5000 }]);
  });

  it("is the same for many checks, each with what was stored for it", async () => {
    const plain = { ...timed, id: "P", values: timed.values.map((one) => ({ ...one, conditions: [] })) };
    const custom = { ...timed, id: "C" };
    const twice = { ...timed, id: "T", values: [...timed.values, ...timed.values] };
    const checks = [plain, timed, custom, twice, timed];
    const env = { provider: "azure" };
    const storedFor = ({ id }: CheckDefinition) => new Map(id === "C" ? [["token", 7]] : []);
    expect(await resolveAll(checks, env, storedFor, allotment())).toStrictEqual(
      checks.map((one) => resolveValues(one, env, storedFor(one), evaluator)),
    );
  });

  it.each([0, false, ""])("is %j where that was stored", (value) => {
    const stored = new Map([["token", value]]);
    expect(resolveValues(timed, { provider: "azure" }, stored, evaluator)).toStrictEqual([
      { name: "token", value, customized: true },
    ]);
  });
});

describe("exclude", () => {
  it.each([
    [null, { isExcluded: false, warning: null }],
    ["host.is_majority_maker", { isExcluded: true, warning: null }],
    ["!host.is_majority_maker", { isExcluded: false, warning: null }],
    ["1", { isExcluded: false, warning: expect.stringContaining("neither true nor false") }],
    ["host.nothing", { isExcluded: false, warning: expect.stringContaining("Property not found") }],
  ])("%s", (exclude, expected) => {
    expect(exclusionOf(check([], { exclude }), { is_majority_maker: true }, evaluator)).toStrictEqual(
      expected,
    );
  });
});

/** Which checks concern a target, with which values, and where they are left out. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import type { CheckDefinition } from "../definition.ts";
import type { Evaluator } from "../evaluator.ts";
import { check } from "../example.spec.ts";
import { rhaiEvaluator } from "../rhai-evaluator.ts";
import { finish } from "../steps.ts";
import { applies, selectChecks } from "./applies.ts";
import { exclusionOf } from "./exclusion.ts";
import { resolveValues } from "./values.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

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
  ])("that is %s", (_, metadata, env, expected) => {
    expect(applies(withMetadata(metadata), env, evaluator)).toBe(expected);
  });
});

describe("when", () => {
  it.each([
    ['env.provider == "azure"', true],
    ['env.provider == "aws"', false],
    ["env.nothing", false],
    ["1", false],
    ["env.", false],
  ])("%s", (when, expected) => {
    expect(applies(check([], { when }), { provider: "azure" }, evaluator)).toBe(expected);
  });

  it("is not asked in an empty environment", () => {
    expect(applies(check([], { when: "false" }), {}, evaluator)).toBe(true);
  });
});

it("passes over checks that nobody knows, and those that were not asked for", () => {
  const known = [check([], { id: "A" }), check([], { id: "B" })];
  expect(finish(selectChecks(known, ["B", "C", "B"], {}, evaluator)).map(({ id }) => id)).toStrictEqual([
    "B",
  ]);
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

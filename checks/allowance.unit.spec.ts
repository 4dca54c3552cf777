/** Scripts that take too much, beside others of the same piece of work. */
import { beforeAll, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../rhai-wasm/src/node.ts";
import { allotted } from "./allowance.ts";
import type { Evaluator } from "./evaluator.ts";
import { rhaiEvaluator } from "./rhai-evaluator.ts";

const ENDLESS = "loop { }";
const SMALL = "1 + 1 == 2";
const MIDDLING = "let n = 0; while n < 1000 { n += 1; } true";

let rhai: Evaluator;
beforeAll(async () => {
  rhai = rhaiEvaluator(await loadRhaiFromDisk());
});

it("what all share is used up by those that take more than their own", () => {
  const scope = allotted(rhai, { each: 1_000, shared: 200_000 }).prepare({});
  expect(scope.evaluate(MIDDLING)).toMatchObject({ ok: true, value: true });
  const first = scope.evaluate(ENDLESS);
  expect(first).toMatchObject({ ok: false, kind: "too_many_operations" });
  expect(first.operations).toBeGreaterThan(140_000);
  expect(scope.evaluate(ENDLESS).operations).toBeGreaterThan(140_000);
  const left = scope.evaluate(ENDLESS);
  expect(left).toMatchObject({
    ok: false,
    kind: "too_many_operations",
    message:
      "The scripts have used up the steps that they share, and this one takes more than the 1000 left to each",
  });
  expect(left.operations).toBeLessThan(1_500);
});

it("each keeps its own, whatever the others did", () => {
  const scope = allotted(rhai, { each: 1_000, shared: 1 }).prepare({});
  scope.evaluate(ENDLESS);
  expect(scope.evaluate(SMALL)).toMatchObject({ ok: true, value: true });
  expect(scope.evaluate("1 / 0")).toMatchObject({ ok: false, kind: "arithmetic", message: /divi/i });
  expect(scope.evaluate(MIDDLING)).toMatchObject({ ok: false, kind: "too_many_operations" });
});

it("those that stay within their own use up nothing", () => {
  const scope = allotted(rhai, { each: 10_000, shared: 1 }).prepare({});
  for (let count = 0; count < 100; count += 1) scope.evaluate(MIDDLING);
  expect(scope.evaluate("let n = 0; while n < 10000 { n += 1; } true")).toMatchObject({ ok: true });
});

it("less may be asked for, and never more", () => {
  const scope = allotted(rhai, { each: 1_000, shared: 1 }).prepare({});
  expect(scope.evaluate(MIDDLING, 100).operations).toBeLessThan(200);
  scope.evaluate(ENDLESS);
  expect(scope.evaluate(MIDDLING, 100).operations).toBeLessThan(200);
  expect(scope.evaluate(MIDDLING, 100_000).operations).toBeLessThan(1_500);
});

it("the syntax is looked at as ever", () => {
  expect(allotted(rhai, { each: 1, shared: 1 }).checkSyntax("a ==")).not.toBeNull();
});

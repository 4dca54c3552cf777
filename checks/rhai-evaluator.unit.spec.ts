/** Values of scripts, as results have them, and what makes two of them the same. */
import { beforeAll, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../rhai-wasm/src/node.ts";
import type { Evaluator } from "./evaluator.ts";
import { rhaiEvaluator } from "./rhai-evaluator.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

function outcomeOf(source: string, scope: Readonly<Record<string, unknown>> = {}) {
  return evaluator.prepare(scope).evaluate(source);
}

it.each<[string, unknown, string]>([
  ["1", 1, "i1"],
  ["9223372036854775807", 2 ** 63, "i9223372036854775807"],
  ["1.0", 1, "f1"],
  ["1.5", 1.5, "f1.5"],
  ["1.0 / 0.0", null, "fInfinity"],
  ["'x'", "x", '"x"'],
  ["`x`", "x", '"x"'],
  ["true", true, "true"],
  ["()", null, "null"],
  ["[1, 1.0, ['y', ()]]", [1, 1, ["y", null]], '[i1,f1,["y",null]]'],
  ["#{b: 1, a: #{c: 'z', d: 2.5}}", { b: 1, a: { c: "z", d: 2.5 } }, '{"a":{"c":"z","d":f2.5},"b":i1}'],
  ["#{}", {}, "{}"],
  ["0..3", null, "null"],
  ["|x| x", null, "null"],
  ["[0..3]", [null], "[null]"],
])("%s", (source, value, identity) => {
  expect(outcomeOf(source)).toStrictEqual({ ok: true, value, identity, operations: expect.any(Number) });
});

it("what goes in comes out, whatever its keys are called", () => {
  const facts: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": "x"}');
  const outcome = outcomeOf("facts", { facts });
  expect(outcome.ok && JSON.stringify(outcome.value)).toBe('{"__proto__":{"a":1},"constructor":"x"}');
  expect(outcomeOf('facts["__proto__"].a', { facts })).toMatchObject({ value: 1 });
});

it("a failure has its kind, its place and what was done until then", () => {
  expect(outcomeOf("let a = 1;\na + b")).toStrictEqual({
    ok: false,
    kind: "variable_not_found",
    message: "Variable not found: b (line 2, position 5)",
    line: 2,
    column: 5,
    operations: expect.any(Number),
  });
  expect(outcomeOf("loop { }").operations).toBeGreaterThan(149_999);
  expect(outcomeOf("a ==")).toMatchObject({ ok: false, kind: "parsing", line: 1, operations: 0 });
});

it("a scope that cannot be converted fails each script over it, and no other", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 200; level += 1) deep = [deep];
  const scope = evaluator.prepare({ facts: deep });
  expect(scope.evaluate("true")).toMatchObject({
    ok: false,
    kind: "data_too_large",
    message: expect.stringContaining("Nesting"),
    line: null,
    operations: 0,
  });
  expect(outcomeOf("true")).toMatchObject({ ok: true });
});

it("a source is looked at without being run", () => {
  expect(evaluator.checkSyntax("1 / 0")).toBeNull();
  expect(evaluator.checkSyntax("let a = 1;\na ==")).toMatchObject({ line: 2, message: /incomplete|end/i });
});

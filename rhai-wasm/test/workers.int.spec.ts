/** In a real workerd: the module is imported, never compiled at run time. */
import { describe, expect, it } from "vitest";
import { instantiateRhai, loadRhai } from "../src/index.ts";
import module from "../wasm/rhai.wasm";

const rhai = instantiateRhai(module);
const facts = { nodes: [{ name: "a", votes: 1 }, { name: "b" }], token: 30000, ratio: 1.5 };

describe("in a Worker", () => {
  it("scripts are evaluated", () => {
    expect(rhai.compile("facts.token == 30000 && facts.ratio > 1").evaluate({ facts })).toBe(true);
    expect(rhai.compile("facts.nodes.map(|n| n.name)").evaluate({ facts })).toEqual(["a", "b"]);
    expect(rhai.compile("9007199254740993").evaluate()).toBe(9007199254740993n);
  });

  it("an imported module is a source to load from", async () => {
    expect((await loadRhai(module)).compile("1.0.to_string()").evaluate()).toBe("1.0");
  });

  it("errors have kind and place", () => {
    const outcome = rhai.compile("facts.nodes.all(|n| n.votes == 1)").tryEvaluate({ facts });
    expect(outcome).toMatchObject({ ok: false, error: { kind: "property_not_found", line: 1, column: 23 } });
    expect(rhai.checkSyntax("facts.token ==")?.kind).toBe("parsing");
  });

  it.each([
    ["loop { let x = 1; }", "too_many_operations"],
    ["[1].map(|x| { loop { let y = x; } })", "too_many_operations"],
    ["fn f(x) { f(x + 1) } f(0)", "stack_overflow"],
    ['let s = "x"; loop { s += s; }', "data_too_large"],
    ['let s = ""; s.pad(1000000, "a"); s.split("").len()', "data_too_large"],
  ])("%s ends, and the next script runs", (source, kind) => {
    const outcome = rhai.compile(source).tryEvaluate({}, { timeBudget: 10_000 });
    expect(outcome).toMatchObject({ ok: false, error: { kind } });
    expect(rhai.compile("1 + 1").evaluate()).toBe(2);
  });

  it("the stack of the platform ends what no limit ends", () => {
    const script = rhai.compile("fn f(n) { f(n + 1) } f(0)");
    const outcome = script.tryEvaluate({}, { limits: { callLevels: 1_000_000 } });
    expect(outcome).toMatchObject({ ok: false, error: { kind: "stack_overflow" } });
    expect(rhai.compile("1 + 1").evaluate()).toBe(2);
  });

  it("evaluations take no more memory", () => {
    const script = rhai.compile("facts.nodes.filter(|n| n.name != n.to_string()).len()");
    for (let round = 0; round < 200; round += 1) script.evaluate({ facts });
    const before = rhai.memoryBytes;
    for (let round = 0; round < 2000; round += 1) script.evaluate({ facts });
    expect(rhai.memoryBytes).toBe(before);
  });
});

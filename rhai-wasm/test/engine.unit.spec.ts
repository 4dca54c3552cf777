/** The API: compiling, evaluating, limits, and that an engine outlives what happens in it. */
import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { wasmFile } from "../build/paths.ts";
import { instantiateRhai, loadRhai, type Rhai, RhaiError, type RunOptions } from "../src/index.ts";
import { loadRhaiFromDisk } from "../src/node.ts";

// Some of these take long on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

const rhai = await loadRhaiFromDisk();
const module = new WebAssembly.Module(readFileSync(wasmFile));

function failure(engine: Rhai, source: string, options: RunOptions = {}): unknown {
  const outcome = engine.compile(source).tryEvaluate({}, options);
  return outcome.ok ? outcome.value : outcome.error.kind;
}

describe("an engine comes from", () => {
  const bytes = readFileSync(wasmFile);
  it.each([
    ["a module", module],
    ["bytes", new Uint8Array(bytes)],
    ["a buffer", new Uint8Array(bytes).buffer],
    ["a response", new Response(new Uint8Array(bytes))],
    ["a promise", Promise.resolve(module)],
    ["an address", `data:application/wasm;base64,${bytes.toString("base64")}`],
  ])("%s", async (_, source) => {
    expect((await loadRhai(source)).compile("1 + 1").evaluate()).toBe(2);
  });

  it("a module, at once", () => {
    expect(instantiateRhai(module).compile("1 + 1").evaluate()).toBe(2);
  });

  it("nothing else", async () => {
    await expect(loadRhai(new Response("no", { status: 404 }))).rejects.toThrow("status 404");
    await expect(loadRhai(new Uint8Array([1, 2, 3]))).rejects.toThrow();
    const other = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    expect(() => instantiateRhai(other)).toThrow("no module of rhai-wasm");
  });
});

describe("a script", () => {
  it("is evaluated many times, each over a scope of its own", () => {
    const script = rhai.compile("x += 1; list.push(x); list.len()");
    const list = [1];
    expect([script.evaluate({ x: 1, list }), script.evaluate({ x: 1, list })]).toEqual([2, 2]);
    expect(list).toEqual([1]);
  });

  it("may be evaluated over a scope that was encoded once", () => {
    const scope = rhai.encode({ x: 1, list: [1] });
    const script = rhai.compile("x += 1; list.push(x); list.len()");
    expect([script.evaluate(scope), script.evaluate(scope)]).toEqual([2, 2]);
    expect(instantiateRhai(module).compile("list[0] + x").evaluate(scope)).toBe(2);
  });

  it("throws what went wrong", () => {
    const script = rhai.compile("let a = [1];\na.map(|x| x.y)");
    const error = new RhaiError(
      "dot_expr",
      "Unknown property 'y' - a getter is not registered for type 'i64' (line 2, position 13)\n" +
        "in closure call (line 2, position 3)\nin call to function 'map' (line 2, position 3)",
      2,
      13,
    );
    expect(() => script.evaluate()).toThrow(error);
    expect(script.tryEvaluate()).toMatchObject({
      ok: false,
      error: { kind: "dot_expr", line: 2, column: 13 },
    });
  });

  it("is checked", () => {
    expect(rhai.checkSyntax("a == b")).toBeNull();
    expect(rhai.checkSyntax("a ==\n  )")).toMatchObject({ kind: "parsing", line: 2, column: 3 });
    expect(() => rhai.compile("a == ")).toThrow(RhaiError);
  });
});

describe("limits", () => {
  it("of an evaluation", () => {
    expect(failure(rhai, "let n = 0; while n < 1000 { n += 1; } n", { limits: { operations: 100 } })).toBe(
      "too_many_operations",
    );
    expect(failure(rhai, "fn f(n) { if n > 0 { f(n - 1) } else { 7 } } f(5)")).toBe(7);
    expect(
      failure(rhai, "fn f(n) { if n > 0 { f(n - 1) } else { 7 } } f(5)", { limits: { callLevels: 3 } }),
    ).toBe("stack_overflow");
    expect(failure(rhai, '"abc" + 1', { limits: { stringSize: 3 } })).toBe("data_too_large");
    expect(failure(rhai, "let a = [1, 2]; a.push(3);", { limits: { arraySize: 2 } })).toBe("data_too_large");
    expect(failure(rhai, "let m = #{a: 1}; m.b = 2;", { limits: { mapSize: 1 } })).toBe("data_too_large");
    expect(failure(rhai, "let a = 1; let b = 2; b", { limits: { variables: 1 } })).toBe("too_many_variables");
    // and none of it stays
    expect(failure(rhai, 'let a = 1; let b = "abc" + a; b.len()')).toBe(4);
  });

  it("of an engine", () => {
    const strict = instantiateRhai(module, {
      limits: {
        operations: 50,
        expressionDepth: 4,
        functionExpressionDepth: 4,
        functions: 1,
        sourceLength: 60,
      },
    });
    expect(failure(strict, "loop { }")).toBe("too_many_operations");
    expect(strict.checkSyntax("((((((1))))))")?.kind).toBe("parsing");
    expect(strict.checkSyntax("fn f() { ((((((1)))))) }")?.kind).toBe("parsing");
    expect(strict.checkSyntax("fn f() { 1 } fn g() { 2 }")?.kind).toBe("parsing");
    expect(strict.checkSyntax(`"${"x".repeat(60)}"`)?.kind).toBe("data_too_large");
    expect(failure(instantiateRhai(module, { limits: { scopeBytes: 10 } }), "1")).toBe(1);
    const outcome = instantiateRhai(module, { limits: { scopeBytes: 10 } })
      .compile("1")
      .tryEvaluate({ s: "0123456789" });
    expect(outcome).toMatchObject({ ok: false, error: { kind: "data_too_large" } });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("cannot be %d", (operations) => {
    expect(() => instantiateRhai(module, { limits: { operations } })).toThrow(RangeError);
    expect(() => rhai.compile("1").evaluate({}, { limits: { operations } })).toThrow(RangeError);
  });

  it.each([0, -1, Number.NaN])("nor can a budget of time be %d", (timeBudget) => {
    expect(() => instantiateRhai(module, { timeBudget })).toThrow(RangeError);
    expect(() => rhai.compile("1").evaluate({}, { timeBudget })).toThrow(RangeError);
  });

  it("a clock that fails is not hidden", () => {
    let broken = false;
    const clock = () => {
      if (broken) throw new TypeError("no clock");
      return 0;
    };
    const engine = instantiateRhai(module, { clock });
    broken = true;
    expect(() => engine.compile("1").evaluate()).toThrow("no clock");
    broken = false;
    expect(engine.compile("1").evaluate()).toBe(1);
  });

  it("a budget of time ends a script where the clock advances", () => {
    let now = 0;
    const engine = instantiateRhai(module, { clock: () => (now += 1), limits: { operations: 100_000_000 } });
    expect(failure(engine, "loop { let x = 1; }", { timeBudget: 100 })).toBe("terminated");
    expect(failure(engine, "loop { let x = 1; }")).toBe("terminated");
    expect(failure(engine, "let n = 0; while n < 1000 { n += 1; } n", { timeBudget: 100 })).toBe(1000);
  });

  it("where the clock stands still, the operations do", () => {
    const engine = instantiateRhai(module, { clock: () => 0 });
    expect(failure(engine, "loop { let x = 1; }", { timeBudget: 1 })).toBe("too_many_operations");
  });
});

describe("a broken instance is replaced", () => {
  const breaking = 'let s = ""; s.pad(1000000, "a"); s.split("").len()';

  it("and its scripts with it", () => {
    const engine = instantiateRhai(module);
    const script = engine.compile("x * 2");
    expect(script.evaluate({ x: 1 })).toBe(2);
    for (let round = 0; round < 5; round += 1) {
      expect(failure(engine, breaking)).toBe("data_too_large");
      expect(script.evaluate({ x: round })).toBe(round * 2);
    }
  });

  it("so is one that has grown large", () => {
    const engine = instantiateRhai(module);
    expect(engine.compile("s.len()").evaluate({ s: "x".repeat(8_000_000) })).toBe(8_000_000);
    expect(engine.memoryBytes).toBeGreaterThan(16 * 1024 * 1024);
    expect(engine.compile("1").evaluate()).toBe(1);
    expect(engine.memoryBytes).toBeLessThan(4 * 1024 * 1024);
  });
});

describe("memory", () => {
  it("does not grow with evaluations", () => {
    const engine = instantiateRhai(module);
    const scope = {
      facts: { list: Array.from({ length: 50 }, (_, id) => ({ id, name: `resource ${id}` })) },
    };
    const sources = [
      'facts.list.filter(|r| r.name.contains("4")).map(|r| "id " + r.id)',
      "facts.list.find(|r| r.missing == 1)",
      "let f = |x| facts.list[x].id; let sum = 0; for i in 0..20 { sum += f.call(i); } sum",
      "throw #{code: facts.list}",
    ];
    const rounds = (count: number) => {
      for (let round = 0; round < count; round += 1)
        for (const source of sources) engine.compile(source).tryEvaluate(scope);
    };
    rounds(100);
    const before = engine.memoryBytes;
    rounds(2500);
    expect(engine.memoryBytes).toBe(before);
  });

  it("does not grow with scripts that come and go", () => {
    const engine = instantiateRhai(module, { cachedScripts: 20 });
    const scripts = (count: number) => {
      for (let n = 0; n < count; n += 1)
        expect(engine.compile(`let x = [${n}, ${n}]; x.map(|v| v + ${n})[0]`).evaluate()).toBe(2 * n);
    };
    scripts(500);
    const before = engine.memoryBytes;
    scripts(5000);
    // Blocks of some size may have reached a new peak.
    expect(engine.memoryBytes).toBeLessThanOrEqual(before + 4 * 65536);
  });

  it("holds scripts of the size that are kept", () => {
    const engine = instantiateRhai(module);
    // Hardly any source is denser: a node of the tree for every other character.
    const dense = "a;".repeat(5000);
    for (let n = 0; n < 200; n += 1) expect(engine.checkSyntax(`${dense}${n}`)).toBeNull();
    expect(engine.memoryBytes).toBeLessThan(16 * 1024 * 1024);
  });

  it("a script that has left the cache still works", () => {
    const engine = instantiateRhai(module, { cachedScripts: 2 });
    const scripts = [1, 2, 3, 4].map((n) => engine.compile(`${n} + x`));
    expect(scripts.map((script) => script.evaluate({ x: 10 }))).toEqual([11, 12, 13, 14]);
  });
});

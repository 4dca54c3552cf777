/** Scripts and scopes that are made to hurt: each ends with the right error, and the engine goes on. */
import { afterEach, describe, expect, it, vi } from "vitest";
import type { RhaiErrorKind, RunOptions } from "../src/index.ts";
import { loadRhaiFromDisk } from "../src/node.ts";

// Some of these use up all they may, on a machine that may be slow.
vi.setConfig({ testTimeout: 60_000 });

const rhai = await loadRhaiFromDisk({ timeBudget: Number.POSITIVE_INFINITY });

function kindOf(
  source: string,
  scope: Record<string, unknown> = {},
  options: RunOptions = {},
): RhaiErrorKind | "none" {
  const script = rhai.tryCompile(source);
  const outcome = script.ok ? script.value.tryEvaluate(scope, options) : script;
  return outcome.ok ? "none" : outcome.error.kind;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

afterEach(() => {
  expect(rhai.compile('let l = [3, 1, 2]; l.sort(); "" + l + " " + x').evaluate({ x: 1.5 })).toBe(
    "[1, 2, 3] 1.5",
  );
});

describe("endless scripts", () => {
  it.each([
    "loop { }",
    "while true { let x = 1; }",
    "for i in 0..9223372036854775807 { let x = i; }",
    "let a = []; a.pad(1000, 0); loop { a.map(|x| x + 1); }",
    "let f = |x| x; loop { f.call(1); }",
    "let m = #{}; let i = 0; loop { m[i.to_string()[-1].to_string()] = i; i += 1; }",
    "let a = []; a.pad(10000, 0); a.map(|x| { let n = 0; while n < 10000 { n += 1; } })",
    "fn f(n) { if n > 0 { [1, 2, 3, 4].map(|x| f(n - 1)) } } f(15)",
    "let a = []; a.pad(10000, 0); a.sort(|x, y| { let n = 0; while n < 10000 { n += 1; } n }); a",
  ])("%s", (source) => {
    expect(kindOf(source)).toBe("too_many_operations");
  });
});

describe("operations on long values count for as many as they are worth", () => {
  const text = "a".repeat(2_000_000);
  const list = Array.from({ length: 200_000 }, (_, index) => index);

  it.each<[string, Record<string, unknown>]>([
    ["let a = []; a.pad(5000, 0); for i in 0..10000 { if a == a { } } true", {}],
    ["let m = #{}; for i in 0..500 { m[i.to_string()] = i; } for i in 0..10000 { m == m; }", {}],
    ['let s = "a"; for i in 0..17 { s += s; } for i in 0..100000 { s.contains("b"); }', {}],
    ['let s = "a"; for i in 0..17 { s += s; } for i in 0..10000 { s.to_upper(); }', {}],
    ['for i in 0..1000 { facts.contains("b"); }', { facts: text }],
    ["for i in 0..1000 { facts == facts; }", { facts: text }],
    ["for i in 0..1000 { facts.len(); }", { facts: text }],
    ["for i in 0..1000 { facts.contains(-1); }", { facts: list }],
    ["let a = []; a.pad(5000, 1); loop { a.sort(); }", {}],
    ["let a = []; a.pad(5000, 1); loop { let b = a; b.dedup(); }", {}],
    ['let a = []; a.pad(5000, "abcdefgh"); loop { a.reduce(|s, x| x, ""); }', {}],
  ])("%s", (source, scope) => {
    expect(kindOf(source, scope)).toBe("too_many_operations");
  });

  it("even one alone is stopped, far beyond the limit", () => {
    const scope = { facts: "a".repeat(5_000_000) };
    const limits = { operations: 100 };
    expect(kindOf("facts == facts", scope, { limits })).toBe("too_many_operations");
    expect(kindOf("facts.is_empty()", scope, { limits })).toBe("none");
  });

  it("and are told", () => {
    const used = (source: string) => {
      rhai.compile(source).tryEvaluate({ facts: text });
      return rhai.used;
    };
    expect(used("1 == 2")).toBeLessThan(10);
    expect(used("facts.len()")).toBeGreaterThan(1_000);
    expect(used("let n = 0; while n < 1000 { n += 1; }")).toBeGreaterThan(2_000);
    expect(used("loop { }")).toBeGreaterThan(149_999);
  });
});

describe("recursion", () => {
  it.each([
    "fn f(x) { f(x + 1) } f(0)",
    "fn a(n) { b(n) } fn b(n) { a(n) } a(0)",
    "fn f(n) { [n].map(|x| [x].filter(|y| [y].all(|z| f(z + 1)))) } f(0)",
  ])("%s", (source) => {
    expect(kindOf(source)).toBe("stack_overflow");
    // No level forbidden: the stack itself ends it.
    expect(kindOf(source, {}, { limits: { callLevels: 1_000_000 } })).toBe("stack_overflow");
  });

  it("of values, when they are dropped", () => {
    const source = "let a = []; for i in 0..12000 { let b = []; b.push(take(a)); a = b; } 1";
    expect(kindOf(source, {}, { limits: { operations: 10_000_000 } })).toBe("stack_overflow");
  });
});

describe("allocation", () => {
  it.each([
    'let s = "x"; loop { s += s; }',
    'let s = ""; s.pad(1000000000, "x");',
    "let a = [1]; loop { a += a; }",
    "let a = []; a.pad(100000000, 0);",
    "let a = []; loop { a.push(a); }",
    "let b = blob(1000000000);",
    "let m = #{}; for i in 0..60 { m = #{a: m, b: m}; }",
    'let a = []; let s = "x"; s.pad(100000, "x"); loop { a.push(s + a.len()); }',
    // What no limit of a single value stops, the end of memory does.
    'let s = ""; s.pad(1000000, "a"); s.split("").len()',
    "let f = |x| x; for i in 0..100 { f = f.curry(f); }",
    'let s = ""; s.pad(1000000, "a"); let f = |n| n; for i in 0..100 { f = f.curry(s + i); }',
  ])("%s", (source) => {
    expect(kindOf(source)).toBe("data_too_large");
  });
});

describe("arithmetic", () => {
  it.each([
    "1 / 0",
    "1 % 0",
    "10 ** 1000000",
    "2 ** 9223372036854775807",
    "9223372036854775807 + 1",
    "let x = -9223372036854775807; x - 2",
    "let x = 9223372036854775807; x *= x;",
  ])("%s", (source) => {
    expect(kindOf(source)).toBe("arithmetic");
  });
});

describe("source that nests deep", () => {
  const times = 5000;
  it.each([
    ["parentheses", `${"(".repeat(times)}1${")".repeat(times)}`],
    ["arrays", "[".repeat(times) + "]".repeat(times)],
    ["blocks", "{".repeat(times) + "}".repeat(times)],
    ["negations", `${"!".repeat(times)}true`],
    ["conditions", "if true {".repeat(times) + "}".repeat(times)],
    ["alternatives", `if false {} ${"else if false {} ".repeat(times)}`],
    ["interpolations", `${"`$".concat("{").repeat(times)}1${"}`".repeat(times)}`],
    ["properties", `a${".b".repeat(times)}`],
    ["calls", `1${".abs()".repeat(times)}`],
    ["sums", `1${"+1".repeat(times)}`],
    ["closures", `${"|x| ".repeat(times)}1`],
  ])("%s", (_, source) => {
    expect(kindOf(source)).toBe("parsing");
  });

  it("comments", () => {
    expect(kindOf(`${"/*".repeat(times)}${"*/".repeat(times)} 1`)).toBe("none");
  });

  it("source beyond its limit", () => {
    expect(kindOf(`"${"x".repeat(200_000)}"`)).toBe("data_too_large");
  });
});

describe("values that nest deep", () => {
  it("in a scope", () => {
    expect(kindOf("v", { v: nested(128) })).toBe("none");
    expect(kindOf("v", { v: nested(129) })).toBe("data_too_large");
    expect(kindOf("v", { v: nested(100_000) })).toBe("data_too_large");
    const cycle: Record<string, unknown> = {};
    cycle.again = cycle;
    expect(kindOf("v", { v: cycle })).toBe("data_too_large");
  });

  it("in a result", () => {
    expect(kindOf("let a = 1; for i in 0..128 { a = [a]; } a")).toBe("none");
    expect(kindOf("let a = 1; for i in 0..129 { a = [a]; } a")).toBe("data_too_large");
  });

  it("in JSON", () => {
    expect(kindOf("parse_json(s)", { s: "[".repeat(5000) + "]".repeat(5000) })).toBe("parsing");
  });
});

describe("large scopes", () => {
  it("within the limit", () => {
    expect(rhai.compile("s.len()").evaluate({ s: "x".repeat(7_000_000) })).toBe(7_000_000);
    const numbers = Array.from({ length: 400_000 }, (_, index) => index);
    expect(rhai.compile("a[399999]").evaluate({ a: numbers })).toBe(399_999);
  });

  it("beyond the limit", () => {
    expect(kindOf("1", { s: "x".repeat(10_000_000) })).toBe("data_too_large");
    expect(kindOf("1", { a: Array.from({ length: 2_000_000 }, () => 1) })).toBe("data_too_large");
  });

  it("beyond memory", () => {
    const maps = Array.from({ length: 100_000 }, (_, index) => ({ index }));
    expect(kindOf("1", { maps })).toBe("data_too_large");
  });
});

describe("comparators that are none", () => {
  it.each([
    ["always the same", "l.sort(|a, b| 1); l.len()"],
    ["no number", 'l.sort(|a, b| "x"); l.len()'],
    ["one that throws", 'l.sort(|a, b| throw "no"); l.len()'],
  ])("%s", (_, source) => {
    const l = Array.from({ length: 500 }, (_, index) => (index * 7919) % 503);
    expect(rhai.compile(source).evaluate({ l })).toBe(500);
  });

  it("one without any order ends this evaluation, no more", () => {
    const source = "let s = 1; l.sort(|a, b| { s = (s * 1103515245 + 12345) % 2147483648; s % 3 - 1 });";
    const outcome = rhai.compile(source).tryEvaluate({ l: Array.from({ length: 500 }, (_, index) => index) });
    expect(outcome).toMatchObject({ ok: false, error: { kind: "system" } });
  });
});

describe("what a script cannot reach", () => {
  it.each([
    ['eval("1")', "parsing"],
    ['import "x";', "parsing"],
    ["timestamp()", "function_not_found"],
    ["sleep(1)", "function_not_found"],
    ["sleep(1.5)", "function_not_found"],
    ["rand()", "function_not_found"],
  ])("%s", (source, kind) => {
    expect(kindOf(source)).toBe(kind);
  });
});

/** Values on their way in and out. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { char, type ExactValue, float, RhaiChar, RhaiFloat, RhaiUnsupported } from "../src/index.ts";
import { loadRhaiFromDisk } from "../src/node.ts";

const rhai = await loadRhaiFromDisk();
const same = rhai.compile("v");
const typeOf = rhai.compile("type_of(v)");

const unsupported = (name: string) => new RhaiUnsupported(name);
const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

describe("JavaScript to Rhai", () => {
  it.each([
    [1, "i64"],
    [-0, "i64"],
    [2 ** 40, "i64"],
    [-(2 ** 63), "i64"],
    [2 ** 63, "f64"],
    [1e300, "f64"],
    [1.5, "f64"],
    [Number.NaN, "f64"],
    [Number.POSITIVE_INFINITY, "f64"],
    [10n, "i64"],
    [float(2), "f64"],
    [char("€"), "char"],
    ["€", "string"],
    [true, "bool"],
    [null, "()"],
    [undefined, "()"],
    [[1], "array"],
    [{ a: 1 }, "map"],
    [Object.create(null), "map"],
  ])("%o is %s", (v, type) => {
    expect(typeOf.evaluate({ v })).toBe(type);
  });

  it.each([
    ["a function", () => 1, TypeError],
    ["a symbol", Symbol("s"), TypeError],
    ["a date", new Date(0), TypeError],
    ["a map", new Map(), TypeError],
    ["bytes", new Uint8Array(2), TypeError],
    ["an instance", new (class Thing {})(), TypeError],
    ["an unsupported value", new RhaiUnsupported("Fn"), TypeError],
    ["a number beyond 64 bits", 2n ** 63n, RangeError],
    ["one below", -(2n ** 63n) - 1n, RangeError],
  ])("%s is refused", (_, v, kind) => {
    expect(() => same.evaluate({ v })).toThrow(kind);
    expect(() => same.tryEvaluate({ v: [{ v }] })).toThrow(kind);
    expect(() => rhai.encode({ v })).toThrow(kind);
  });

  it.each(["", "ab", "\ud800"])("%o is no character", (text) => {
    expect(() => char(text)).toThrow(RangeError);
  });
});

describe("Rhai to JavaScript", () => {
  it.each([
    ["()", null, null, null],
    ["true", true, true, true],
    ["5", 5, 5n, 5n],
    ["9007199254740991", 9007199254740991, 9007199254740991n, 9007199254740991n],
    ["9007199254740992", 9007199254740992n, 9007199254740992n, 9007199254740992n],
    ["-9223372036854775808", MIN, MIN, MIN],
    ["2.0", 2, 2, new RhaiFloat(2)],
    ["-0.0", -0, -0, new RhaiFloat(-0)],
    ["'€'", "€", "€", new RhaiChar("€")],
    ['"€"', "€", "€", "€"],
    ["[1, 2.0]", [1, 2], [1n, 2], [1n, new RhaiFloat(2)]],
    ["#{b: 1, a: ()}", { b: 1, a: null }, { b: 1n, a: null }, { b: 1n, a: null }],
    ["|x| x", unsupported("Fn"), unsupported("Fn"), unsupported("Fn")],
    ["1..3", unsupported("range"), unsupported("range"), unsupported("range")],
    ["[blob(1)]", [unsupported("blob")], [unsupported("blob")], [unsupported("blob")]],
  ])("%s", (...[source, plain, bigint, exact]: readonly [string, unknown, unknown, unknown]) => {
    const script = rhai.compile(source);
    expect(script.evaluate()).toStrictEqual(plain);
    expect(script.evaluate({}, { results: "bigint" })).toStrictEqual(bigint);
    expect(script.evaluate({}, { results: "exact" })).toStrictEqual(exact);
  });

  it("keys come sorted, and none of them is special", () => {
    const v: unknown = JSON.parse('{"z": 1, "__proto__": {"polluted": 2}, "constructor": 3, "a": 4}');
    const result = same.evaluate({ v });
    expect(Object.keys(result ?? {})).toEqual(["__proto__", "a", "constructor", "z"]);
    expect(JSON.stringify(result)).toBe('{"__proto__":{"polluted":2},"a":4,"constructor":3,"z":1}');
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });
});

/** Values with a type of their own each: what goes in comes out. */
const { exact } = fc.letrec<{ exact: ExactValue }>((tie) => ({
  exact: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.bigInt({ min: MIN, max: MAX }),
    fc.double().map(float),
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.string({ minLength: 20, maxLength: 300, unit: "binary" }),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).map(char),
    fc.array(tie("exact")),
    fc.dictionary(fc.string({ unit: "binary" }), tie("exact")),
  ),
}));

describe("any value", () => {
  it("comes back as it went in", () => {
    fc.assert(
      fc.property(exact, (v) => {
        expect(same.evaluate({ v }, { results: "exact" })).toEqual(v);
      }),
      { numRuns: 500 },
    );
  });

  it("comes back from a scope that was encoded", () => {
    fc.assert(
      fc.property(fc.array(exact), (values) => {
        const scope = rhai.encode({ v: values });
        expect(same.evaluate(scope, { results: "exact" })).toEqual(values);
      }),
    );
  });

  it("equals itself in Rhai, other than what is no number", () => {
    const equal = rhai.compile("a == b");
    fc.assert(
      fc.property(exact, (v) => {
        const text = JSON.stringify(v, (_, item: unknown) => (typeof item === "bigint" ? `${item}` : item));
        fc.pre(!/"value":null/.test(text));
        expect(equal.evaluate({ a: v, b: v })).toBe(true);
      }),
    );
  });

  it("of JSON is what JSON says", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (v) => {
        const result = JSON.stringify(same.evaluate({ v }), (_, item: unknown) =>
          typeof item === "bigint" ? Number(item) : item,
        );
        expect(JSON.parse(result)).toEqual(JSON.parse(JSON.stringify(v)));
      }),
    );
  });
});

it("texts of any length", () => {
  for (let length = 0; length < 300; length += 1)
    for (const unit of ["a", "é", "€", "😀"]) {
      const v = unit.repeat(length);
      expect(same.evaluate({ v })).toBe(v);
    }
});

it("half a character is replaced, as everywhere", () => {
  expect(same.evaluate({ v: "a\ud800b" })).toBe("a\ufffdb");
});

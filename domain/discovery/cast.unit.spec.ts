/** Lenient casts: what counts as a value, what as nothing, and what is invalid. */
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  count,
  flag,
  flagOrNothing,
  oneOf,
  oneOfIgnoringCase,
  optionalCount,
  optionalText,
  requiredOneOf,
  something,
  text,
} from "./cast.ts";
import { blank, invalid } from "./examples.spec.ts";

function messages(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
}

const nothings = [undefined, null, "", " ", "\t\n "];

describe("text", () => {
  it.each(["a", " a ", "0", "null", "é"])("%j is kept as it is", (value) => {
    expect(text().parse(value)).toBe(value);
    expect(optionalText().parse(value)).toBe(value);
  });

  it.each(nothings)("%j is nothing", (value) => {
    expect(messages(text(), value)).toEqual([blank]);
    expect(optionalText().parse(value)).toBeNull();
  });

  it.each([[5], [true], [[]], [["a"]], [{}]])("%j is invalid", (value) => {
    expect(messages(text(), value)).toEqual([invalid]);
    expect(messages(optionalText(), value)).toEqual([invalid]);
  });

  it("has at most 1024 characters", () => {
    expect(text().parse("x".repeat(1024))).toHaveLength(1024);
    expect(messages(text(), "x".repeat(1025))).toEqual(["should be at most 1024 characters"]);
    expect(messages(optionalText(), " ".repeat(1025))).toEqual(["should be at most 1024 characters"]);
  });
});

describe("counts", () => {
  it.each([
    [8, 8],
    [0, 0],
    ["8", 8],
    ["0", 0],
    ["08", 8],
    [8.0, 8],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ["999999999999999", 999_999_999_999_999],
  ])("%j is %d", (value, number) => {
    expect(count().parse(value)).toBe(number);
    expect(optionalCount().parse(value)).toBe(number);
  });

  it.each(nothings)("%j is nothing", (value) => {
    expect(messages(count(), value)).toEqual([blank]);
    expect(optionalCount().parse(value)).toBeNull();
  });

  it.each([
    [" 8"],
    ["8 "],
    ["8x"],
    ["x"],
    ["8.0"],
    ["1e3"],
    ["0x8"],
    ["٨"],
    ["-8"],
    [-8],
    [-1],
    [8.5],
    [1e20],
    [Number.MAX_SAFE_INTEGER + 1],
    ["9".repeat(16)],
    ["9".repeat(100_000)],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [true],
    [[]],
    [[8]],
    [{}],
  ])("%j is invalid", (value) => {
    expect(messages(count(), value)).toEqual([invalid]);
    expect(messages(optionalCount(), value)).toEqual([invalid]);
  });
});

describe("flags", () => {
  it.each([true, "true", "1", 1])("%j is true", (value) => {
    expect(flag().parse(value)).toBe(true);
  });

  it.each([false, "false", "0", 0])("%j is false", (value) => {
    expect(flag().parse(value)).toBe(false);
  });

  it.each(nothings)("%j is nothing", (value) => {
    expect(messages(flag(), value)).toEqual([blank]);
  });

  it.each([["yes"], ["True"], [" true"], [2], [-1], [[]], [{}]])("%j is invalid", (value) => {
    expect(messages(flag(), value)).toEqual([invalid]);
  });
});

describe("one of some values", () => {
  const colour = oneOf(["red", "green"], "green");
  const colourInAnyCase = oneOfIgnoringCase(["red", "green"], "green");

  it("is that value", () => {
    expect(colour.parse("red")).toBe("red");
  });

  it.each(nothings)("is the fallback for %j", (value) => {
    expect(colour.parse(value)).toBe("green");
    expect(colourInAnyCase.parse(value)).toBe("green");
  });

  it.each([["blue"], ["RED"], [" red"], [1], [["red"]], [{}], ["__proto__"], ["constructor"]])(
    "is nothing else: %j",
    (value) => {
      expect(messages(colour, value)).toEqual([invalid]);
    },
  );

  it.each(["red", "RED", "Red"])("ignores the case where told to: %j", (value) => {
    expect(colourInAnyCase.parse(value)).toBe("red");
  });

  it.each([["blue"], [" red"], [1], [["red"]], [{}]])("is nothing else in any case either: %j", (value) => {
    expect(messages(colourInAnyCase, value)).toEqual([invalid]);
  });
});

describe("one of some values that must be sent", () => {
  const colour = requiredOneOf(["red", "green"]);

  it("is that value", () => {
    expect(colour.parse("red")).toBe("red");
  });

  it.each(nothings)("cannot be %j", (value) => {
    expect(messages(colour, value)).toEqual([blank]);
  });

  it("is nothing else", () => {
    expect(messages(colour, "blue")).toEqual([invalid]);
  });
});

describe("a flag that may be absent", () => {
  it.each(nothings)("is neither for %j", (value) => {
    expect(flagOrNothing().parse(value)).toBeNull();
  });

  it("is true or false otherwise", () => {
    expect([flagOrNothing().parse("true"), flagOrNothing().parse(0)]).toEqual([true, false]);
    expect(messages(flagOrNothing(), "yes")).toEqual([invalid]);
  });
});

describe("something", () => {
  it.each(nothings)("is not %j", (value) => {
    expect(messages(something(), value)).toEqual([blank]);
  });

  it.each([[-1], ["a"], [false], [[]], [{}]])("is %j", (value) => {
    expect(something().parse(value)).toEqual(value);
  });
});

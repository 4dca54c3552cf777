/** The guard against JSON that nests too deeply. */
import { describe, expect, it } from "vitest";
import { MAX_DEPTH, nestsDeeperThan } from "./json.ts";

const lists = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));
const objects = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);

describe("nestsDeeperThan", () => {
  it.each([null, undefined, 1, "text", true])("%j does not nest", (value) => {
    expect(nestsDeeperThan(value, 0)).toBe(false);
  });

  it.each([
    ["lists", lists],
    ["objects", objects],
  ])("%s may nest up to the limit, and no further", (_, nested) => {
    expect(nestsDeeperThan(nested(MAX_DEPTH + 1))).toBe(false);
    expect(nestsDeeperThan(nested(MAX_DEPTH + 2))).toBe(true);
    expect(nestsDeeperThan(nested(1), 0)).toBe(false);
    expect(nestsDeeperThan(nested(2), 0)).toBe(true);
  });

  it.each([
    ["lists", lists],
    ["objects", objects],
  ])("does not overflow the stack on 100,000 levels of %s, even when asked to see them all", (_, nested) => {
    expect(nestsDeeperThan(nested(100_000))).toBe(true);
    expect(nestsDeeperThan(nested(100_000), 99_999)).toBe(false);
    expect(nestsDeeperThan(nested(100_000), 99_998)).toBe(true);
  });

  it("finds the one deep branch among many shallow ones", () => {
    const wide = { list: Array.from({ length: 10_000 }, () => ({ a: [1] })), deep: [lists(100)] };
    expect(nestsDeeperThan(wide)).toBe(true);
    expect(nestsDeeperThan({ ...wide, deep: [] })).toBe(false);
  });

  it("looks into keys that JavaScript treats as special", () => {
    expect(nestsDeeperThan(JSON.parse(`{"__proto__": ${"[".repeat(100)}${"]".repeat(100)}}`))).toBe(true);
    expect(nestsDeeperThan(JSON.parse(`{"constructor": ${"[".repeat(100)}${"]".repeat(100)}}`))).toBe(true);
  });
});

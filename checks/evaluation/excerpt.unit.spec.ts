/** What is kept of what scripts say. */
import { describe, expect, it } from "vitest";
import { excerpt, excerptOfValue, LONGEST } from "./excerpt.ts";

const cut = (text: string) => `${text.slice(0, LONGEST)}… (of ${text.length} characters)`;

it("a text is kept whole up to what is kept at most, and else in its beginning", () => {
  const [longest, longer] = ["x".repeat(LONGEST), "x".repeat(LONGEST + 1)];
  for (const keep of [excerpt, excerptOfValue]) {
    expect(keep(longest)).toBe(longest);
    expect(keep(longer)).toBe(cut(longer));
  }
});

describe("a value", () => {
  it.each([[1], [1.5], [true], [null], [undefined], [2n ** 60n]])("of one piece is as it is: %s", (value) => {
    expect(excerptOfValue(value)).toBe(value);
  });

  it("of many is as it is, or the beginning of its JSON", () => {
    const list = ["x".repeat(LONGEST - 4)];
    expect(JSON.stringify(list)).toHaveLength(LONGEST);
    expect(excerptOfValue(list)).toBe(list);
    const longer = { a: "x".repeat(LONGEST) };
    expect(excerptOfValue(longer)).toBe(cut(JSON.stringify(longer)));
  });
});

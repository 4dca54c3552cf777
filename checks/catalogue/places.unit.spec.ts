/** Places within the texts of a file, whichever way the texts are written. */
import { describe, expect, it } from "vitest";
import { Places } from "./places.ts";

/** Where the `#` of a file stands. */
function placeOfMark(content: string) {
  const before = content.slice(0, content.indexOf("#")).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

describe("a place within a text is that in the file", () => {
  it.each([
    ["plain", "a: 1\nexpect: one # two\n".replace(" #", "#"), 1, 4],
    ["between quotes", 'expect: "one #"\n', 1, 5],
    ["between quotes, after escapes", 'expect: "\\"\\u00e9\\" #"\n', 1, 5],
    ["between single quotes, after a quote", "expect: 'it''s #'\n", 1, 6],
    ["in a block", "a: 1\nexpect: |\n  one\n  two #\nb: 2\n", 2, 5],
    ["in a block that begins with nothing", "expect: |\n\n  one\n\n    two #\n", 4, 7],
    ["in a block with an indent of its own", "expect: |2-\n    one #\n", 1, 7],
    [
      "in a block below its key",
      "a:\n  expect:\n    |\n    one\n    #\n".replace("a:\n  expect:", "expect:"),
      2,
      1,
    ],
    ["in a block with carriage returns", "expect: |\r\n  one\r\n  two #\r\n", 2, 5],
  ])("%s", (_, content, line, column) => {
    expect(new Places(content).inText(["expect"], line, column)).toStrictEqual(placeOfMark(content));
  });

  it("is the end of the text where it is beyond", () => {
    const places = new Places("expect: |\n  one +\n\nother: 1\n");
    expect(places.inText(["expect"], 3, 1)).toStrictEqual({ line: 2, column: 8 });
  });
});

describe("the text's own place is given", () => {
  it.each([
    ["where its lines are folded", "expect: >\n  one\n  two\n", 1, 5],
    ["where it goes over several lines between quotes", 'expect: "one\n  two"\n', 1, 5],
    ["where there is no such line", "expect: one\n", 2, 1],
  ])("%s", (_, content, line, column) => {
    expect(new Places(content).inText(["expect"], line, column)).toStrictEqual({ line: 1, column: 9 });
  });

  it("where it stands elsewhere, under an alias", () => {
    const places = new Places("first: &same one two\nexpect: *same\n");
    expect(places.inText(["expect"], 1, 5)).toStrictEqual({ line: 2, column: 9 });
  });
});

it("a key's place is not that of what it says", () => {
  const places = new Places("a:\n  - b:   1\n");
  expect(places.of(["a", 0, "b"])).toStrictEqual({ line: 2, column: 10 });
  expect(places.ofKey(["a", 0, "b"])).toStrictEqual({ line: 2, column: 5 });
  expect(places.ofKey(["a"])).toStrictEqual({ line: 1, column: 1 });
  expect(places.ofKey(["a", 0, "c"])).toStrictEqual({ line: 2, column: 5 });
});

/** What every list's filters have in common. */
import { describe, expect, it } from "vitest";
import type { Health } from "../../../domain/health.ts";
import { byTag, type Choice, type Filtering, filterResources, optionsOf, readFilters } from "./filters.ts";

interface Thing {
  readonly name: string;
  readonly health: Health;
  readonly kinds: readonly string[];
  readonly tags: readonly { readonly value: string }[];
}

const byKind: Choice<Thing> = { name: "kind", label: "Kind", valuesOf: ({ kinds }) => kinds };
const filtering: Filtering<Thing> = {
  hint: "",
  textsOf: ({ name }) => [name, null],
  choices: [byKind, byTag],
};

const things: readonly Thing[] = [
  { name: "one", health: "unknown", kinds: ["b", "a"], tags: [{ value: "x" }] },
  { name: "two", health: "critical", kinds: ["c"], tags: [] },
];

const shown = (query: string) =>
  filterResources(things, filtering, readFilters(new URLSearchParams(query))).map(({ name }) => name);

describe("filters", () => {
  it.each([
    ["", ["one", "two"]],
    ["health=unknown", ["one"]],
    ["health=critical", ["two"]],
    ["health=passing", []],
    ["kind=a", ["one"]],
    ["kind=a&health=critical", []],
    ["tag=x", ["one"]],
    ["search=ON", ["one"]],
    ["search=%20%20", ["one", "two"]],
    ["something=else", ["one", "two"]],
  ])("of %j show %j", (query, names) => {
    expect(shown(query)).toEqual(names);
  });
});

describe("what there is to choose from", () => {
  const values = (choice: Choice<Thing>, chosen?: string) =>
    optionsOf(things, choice, chosen).map(({ value }) => value);

  it("is what is there, once and in order", () => {
    expect(values(byKind)).toEqual(["a", "b", "c"]);
  });

  it("has what is chosen, though nothing is so any more", () => {
    expect(values(byKind, "gone")).toEqual(["a", "b", "c", "gone"]);
    expect(values(byKind, "a")).toEqual(["a", "b", "c"]);
  });

  it("is all that can be, in its own order, where that is known", () => {
    expect(values({ ...byKind, all: ["z", "a"] })).toEqual(["z", "a"]);
  });

  it("is told in words, and in their order", () => {
    const words = new Map([
      ["a", "Zett"],
      ["b", "Alpha"],
    ]);
    const textOf = (value: string) => words.get(value) ?? value;
    expect(optionsOf(things, { ...byKind, textOf }, undefined)).toEqual([
      { value: "b", label: "Alpha" },
      { value: "c", label: "c" },
      { value: "a", label: "Zett" },
    ]);
  });
});

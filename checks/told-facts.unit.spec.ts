/** One fact that cannot be read is an error of its own. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { factsGatheredSchema } from "./agent-messages.ts";
import { relayedFactsSchema } from "./relay-messages.ts";
import { MAX_FACT_DEPTH, toldFactSchema, unreadableAmong } from "./told-facts.ts";

const names = { check_id: "A", name: "fact" };

/** Lists in lists. @param depth of the outermost */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe("a fact that is told", () => {
  it.each([[1, "x", false, null, { a: [1.5, { b: [] }] }, nested(MAX_FACT_DEPTH)]])(
    "is its value",
    (...values) => {
      for (const value of values)
        expect(toldFactSchema.parse({ ...names, value })).toEqual({ ...names, value });
    },
  );

  it("is its error", () => {
    const fact = { ...names, error: { type: "kind", message: "why" } };
    expect(toldFactSchema.parse(fact)).toEqual(fact);
  });

  it.each([
    ["a number that is none", { value: Number.NaN }, "no JSON"],
    ["a number beyond all", { value: JSON.parse('{"a":[1e400]}') }, "no JSON"],
    ["neither", {}, "neither a value nor an error"],
    ["both", { value: 1, error: { type: "kind", message: "why" } }, "malformed"],
    ["an error that is none", { error: "why" }, "malformed"],
    ["half a character", { value: ["x\ud800"] }, "half a character"],
    ["half a character in a key", { value: { a: { "\udfff": 1 } } }, "half a character"],
    ["an error with half a character", { error: { type: "kind", message: "\ud800" } }, "half a character"],
    ["a value too deep", { value: nested(MAX_FACT_DEPTH + 2) }, "nests deeper than 50 levels"],
    ["one without end", { value: nested(100_000) }, "nests deeper than 50 levels"],
  ])("is an error of its own where it is %s", (_, told, message) => {
    expect(toldFactSchema.parse({ ...names, ...told })).toMatchObject({
      ...names,
      error: { type: "fact_not_readable", message: expect.stringContaining(message) },
    });
  });

  it("is an error where its name is broken, under a name that texts can hold", () => {
    const told = { check_id: "A\ud800", name: "fact\udc00", value: 1 };
    expect(toldFactSchema.parse(told)).toMatchObject({
      check_id: "A\ufffd",
      name: "fact\ufffd",
      error: { type: "fact_not_readable" },
    });
  });

  it("has whole characters of two halves", () => {
    const told = { ...names, value: { "\ud83d\ude00": "\ud83d\ude00" } };
    expect(toldFactSchema.parse(told)).toEqual(told);
  });

  it.each([[null], ["x"], [{}], [{ check_id: "A", value: 1 }], [{ check_id: 1, name: "x", value: 1 }]])(
    "must be named: %j",
    (told) => {
      const { error } = z.array(toldFactSchema).safeParse([{ ...names, value: 1 }, told]);
      expect(error?.issues).toMatchObject([{ path: [1], message: "must name a fact: check_id and name" }]);
    },
  );
});

describe("an answer", () => {
  const ids = { execution_id: crypto.randomUUID(), group_id: crypto.randomUUID() };
  const told = [
    { check_id: "A", name: "bad", value: Number.NaN },
    { check_id: "B", name: "good", value: 1 },
  ];

  it.each([
    ["an agent's", factsGatheredSchema, { type: "FactsGathered", ...ids }],
    ["a relay's", relayedFactsSchema, { agent_id: crypto.randomUUID(), ...ids }],
  ])("keeps the facts that can be read, by %s door", (_, schema, head) => {
    const { facts_gathered } = schema.parse({ ...head, facts_gathered: told });
    expect(facts_gathered).toMatchObject([{ error: { type: "fact_not_readable" } }, told[1]]);
    expect(unreadableAmong(facts_gathered)).toBe(
      "1 facts cannot be read, the first is bad of A: The value of the fact holds what is no JSON, as a number that is none",
    );
    expect(unreadableAmong(facts_gathered.slice(1))).toBeNull();
  });
});

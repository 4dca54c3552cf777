/** Wrong values go, and take with them what cannot do without; what is refused is refused whole. */
import { describe, expect, it } from "vitest";
import { count, entry, name, optionalText, text } from "./cast.ts";
import { listOf, objectsIn, optionalListOf, optionalMapOf } from "./collections.ts";
import { blank, invalid } from "./examples.spec.ts";
import { snakeCase } from "./keys.ts";
import { readAs } from "./leniently.ts";

const objectOf = objectsIn(snakeCase);
const inner = objectOf({ name: name(), note: optionalText() });
const schema = objectOf({
  id: text(),
  comment: optionalText(),
  items: optionalListOf(objectOf({ name: name(), inner: optionalListOf(inner) })),
  notes: optionalListOf(optionalText()),
  targets: optionalMapOf(entry()),
});
const read = (payload: object) => readAs(schema, payload, snakeCase);
const paths = (payload: object) => {
  const reading = read(payload);
  return (reading.ok ? reading.dropped : reading.issues).map(({ path, message }) => [
    path.join("/"),
    message,
  ]);
};

describe("a payload", () => {
  it("that is right is read as it is, and nothing is told of it", () => {
    expect(read({ Id: "a" })).toEqual({
      ok: true,
      data: { id: "a", comment: null, items: [], notes: [], targets: null },
      dropped: [],
    });
  });

  it("is read without a value that is wrong, and tells where it stood", () => {
    const payload = { Id: "a", Comment: 5, Notes: ["one", 2, "three"], Targets: { A: 1, B: "b" } };
    expect(read(payload)).toMatchObject({
      ok: true,
      data: { comment: null, notes: ["one", null, "three"], targets: { B: "b" } },
    });
    expect(paths(payload)).toEqual([
      ["Comment", invalid],
      ["Notes/1", invalid],
      ["Targets/A", invalid],
    ]);
  });

  it("is read without the items that are nothing, wherever they stand", () => {
    const items = [
      { Name: "one", Inner: [{ Name: "" }, { Name: "a" }, {}, { Name: "b", Note: 1 }] },
      { Name: "", Inner: [{ Name: 5 }] },
      { Name: "three", Inner: [{ Name: "" }, { Name: "c" }] },
    ];
    expect(read({ Id: "a", Items: items })).toMatchObject({
      ok: true,
      data: {
        items: [
          { name: "one", inner: [{ name: "a" }, { name: "b", note: null }] },
          { name: "three", inner: [{ name: "c" }] },
        ],
      },
    });
  });

  it("is refused where something is missing, and only that is told", () => {
    expect(read({ Comment: 5, Items: [{ Name: "" }] }).ok).toBe(false);
    expect(paths({ Comment: 5, Items: [{ Name: "" }] })).toEqual([["id", blank]]);
  });

  it("with a wrong value behind many others is refused still", () => {
    const schema = objectOf({ list: listOf(objectOf({ name: name(), number: count() })) });
    const list = Array.from({ length: 120 }, (_, index) => ({ name: "", number: index === 119 ? "x" : 1 }));
    const reading = readAs(schema, { list }, snakeCase);
    expect(reading.ok ? [] : reading.issues.map(({ message }) => message)).toEqual([invalid]);
  });

  it("with nothing but mistakes is given up", () => {
    const list = Array.from({ length: 1_000 }, () => ({ name: "" }));
    const reading = readAs(objectOf({ list: listOf(objectOf({ name: name() })) }), { list }, snakeCase);
    expect(reading.ok ? [] : reading.issues).toHaveLength(50);
  });
});

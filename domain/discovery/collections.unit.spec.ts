/** Casts of lists, maps and objects: what they hold, and that they are counted before they are looked into. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { count, text } from "./cast.ts";
import {
  listOf,
  mapOf,
  mapsIn,
  objectOf,
  objectsIn,
  optionalListOf,
  optionalMapOf,
  withDefault,
} from "./collections.ts";
import { blank, invalid, json } from "./examples.spec.ts";
import { phraseCase, snakeCase } from "./keys.ts";

function messages(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
}

/** An item that counts how often it is looked at. */
function counting(isValid = true) {
  let times = 0;
  const item = z.unknown().refine(() => {
    times += 1;
    return isValid;
  });
  return { item, looked: () => times };
}

describe("lists", () => {
  it.each([[undefined], [null]])("%j is no list, or the empty one where that is allowed", (value) => {
    expect(messages(listOf(text()), value)).toEqual([blank]);
    expect(optionalListOf(text()).parse(value)).toEqual([]);
  });

  it.each([[""], ["a"], [{}], [{ 0: "a", length: 1 }], [0], [false]])("%j is invalid", (value) => {
    expect(messages(listOf(text()), value)).toEqual([invalid]);
    expect(messages(optionalListOf(text()), value)).toEqual([invalid]);
  });

  it("say which of their items is wrong", () => {
    const issues = optionalListOf(count()).safeParse(["1", "x", null]).error?.issues;
    expect(issues?.map(({ path, message }) => [path, message])).toEqual([
      [[1], invalid],
      [[2], blank],
    ]);
  });

  it("have at most 5,000 items, or as many as is said", () => {
    const items = Array.from({ length: 5_001 }, () => "a");
    expect(listOf(text()).parse(items.slice(1))).toHaveLength(5_000);
    expect(messages(listOf(text()), items)).toEqual(["should have at most 5000 items"]);
    expect(listOf(text(), 2).parse(["a", "b"])).toEqual(["a", "b"]);
    expect(messages(listOf(text(), 2), ["a", "b", "c"])).toEqual(["should have at most 2 items"]);
    expect(messages(optionalListOf(text(), 2), ["a", "b", "c"])).toEqual(["should have at most 2 items"]);
  });

  it("are not looked into when there are more", () => {
    const { looked, item } = counting();
    expect(messages(listOf(item, 3), [1, 2, 3, 4])).toEqual(["should have at most 3 items"]);
    expect(looked()).toBe(0);
    expect(listOf(item, 3).parse([1, 2, 3])).toHaveLength(3);
    expect(looked()).toBe(3);
  });

  it("are not looked into any further after 50 issues", () => {
    const { looked, item } = counting(false);
    const items = Array.from({ length: 1_000 }, () => 1);
    expect(messages(listOf(item), items)).toHaveLength(50);
    expect(messages(listOf(listOf(item)), [items, items, items])).toHaveLength(50);
    expect(looked()).toBe(100);
  });
});

describe("objects", () => {
  const point = objectOf({ x: count() });

  it("keep the keys that are asked for, and no other", () => {
    expect(point.parse({ x: "1", y: 2 })).toEqual({ x: 1 });
  });

  it.each([
    [undefined, blank],
    [null, blank],
    ["", invalid],
    ["x", invalid],
    [[], invalid],
    [1, invalid],
  ])("%j is none: %s", (value, message) => {
    expect(messages(point, value)).toEqual([message]);
  });

  it("take a default for nothing, and for nothing else", () => {
    const schema = withDefault({ x: 7 }, point);
    expect(schema.parse(undefined)).toEqual({ x: 7 });
    expect(schema.parse(null)).toEqual({ x: 7 });
    expect(messages(schema, {})).toEqual([blank]);
    expect(messages(schema, false)).toEqual([invalid]);
  });
});

const entries = (length: number) =>
  Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, 1]));
const manyEntries = ["should have at most 1000 entries"];

describe("objects in another case", () => {
  const disk = objectsIn(snakeCase)({ vm_size: text(), data_disks: optionalListOf(count()) });

  it("are read by the keys that are asked for, in any spelling", () => {
    expect(disk.parse({ vmSize: "S", DataDisks: ["1"], AnyOther: {} })).toEqual({
      vm_size: "S",
      data_disks: [1],
    });
    expect(disk.parse({ vm_size: "S" })).toEqual({ vm_size: "S", data_disks: [] });
  });

  it("are read by the last of two spellings", () => {
    expect(disk.parse({ vmSize: "S", VmSize: "L" }).vm_size).toBe("L");
    expect(disk.parse({ VmSize: "L", vmSize: "S" }).vm_size).toBe("S");
  });

  it.each([
    [undefined, blank],
    [null, blank],
    ["x", invalid],
    [[], invalid],
    [1, invalid],
  ])("are not %j: %s", (value, message) => {
    expect(messages(disk, value)).toEqual([message]);
  });

  it("are complained about by the keys that are asked for", () => {
    const issues = disk.safeParse({ vmSize: 5 }).error?.issues;
    expect(issues?.map(({ path, message }) => [path, message])).toEqual([[["vm_size"], invalid]]);
  });

  it("take no key of every object for one that was sent", () => {
    expect(messages(disk, json('{"__proto__":{"vmSize":"S"},"constructor":{"vmSize":"S"}}'))).toEqual([
      blank,
    ]);
    expect(disk.parse(json('{"vmSize":"S","__proto__":{"DataDisks":["1"]}}'))).toEqual({
      vm_size: "S",
      data_disks: [],
    });
  });

  it("have at most 1,000 entries", () => {
    expect(messages(disk, { ...entries(999), vmSize: "S" })).toEqual([]);
    expect(messages(disk, { ...entries(1_000), vmSize: "S" })).toEqual(manyEntries);
  });
});

describe("maps", () => {
  it.each([[undefined], [null]])("are empty for %j", (value) => {
    expect(mapOf(count()).parse(value)).toEqual({});
    expect(mapsIn(phraseCase)(count()).parse(value)).toEqual({});
  });

  it("keep their keys, or rewrite them", () => {
    expect(mapOf(count()).parse({ "A B": "1" })).toEqual({ "A B": 1 });
    expect(mapsIn(phraseCase)(count()).parse({ "A B": "1" })).toEqual({ a_b: 1 });
  });

  it("have at most 1,000 entries, of which none is looked into when there are more", () => {
    const { looked, item } = counting();
    expect(messages(mapOf(item), entries(1_001))).toEqual(manyEntries);
    expect(looked()).toBe(0);
    expect(Object.keys(mapOf(item).parse(entries(1_000)))).toHaveLength(1_000);
  });

  it("have keys of at most 256 characters", () => {
    for (const map of [mapOf(count()), optionalMapOf(count())]) {
      expect(messages(map, { ["a".repeat(256)]: 1 })).toEqual([]);
      expect(messages(map, { ["a".repeat(257)]: 1 })).toHaveLength(1);
    }
  });

  it("may be null where that is allowed", () => {
    expect([null, undefined, { a: 1 }].map((value) => optionalMapOf(count()).parse(value))).toEqual([
      null,
      null,
      { a: 1 },
    ]);
    expect(messages(optionalMapOf(count()), entries(1_001))).toEqual(manyEntries);
  });

  it.each([["x"], [[]], [1], [true]])("are not %j", (value) => {
    expect(messages(optionalMapOf(count()), value)).toEqual([invalid]);
    expect(messages(mapOf(count()), value)).toEqual([invalid]);
  });
});

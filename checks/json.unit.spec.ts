/** What is a value of JSON. */
import { expect, it } from "vitest";
import { jsonValue } from "./json.ts";

const schema = jsonValue();

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}

it.each([
  null,
  true,
  "",
  "x",
  0,
  -0,
  1.5,
  2 ** 60,
  [],
  {},
  [[{ a: [null] }]],
  nested(128),
  Object.create(null),
])("is %j", (value) => {
  expect(schema.safeParse(value)).toStrictEqual({ success: true, data: value });
});

it.each([
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1n,
  Symbol("x"),
  () => 1,
  new Date(0),
  new Map(),
  [undefined],
  { a: { b: [Number.NaN] } },
  nested(129),
])("is not %s", (value) => {
  expect(schema.safeParse(value).error?.issues[0]?.message).toBe(
    "must be a value of JSON: numbers must be finite, and nest 128 levels at most",
  );
});

it("keeps every key, also one that objects have of themselves", () => {
  const text = '{"__proto__":{"a":1},"constructor":2}';
  expect(JSON.stringify(schema.parse(JSON.parse(text)))).toBe(text);
});

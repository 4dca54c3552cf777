/** Which part of a file of ten bytes is sent. */
import { expect, it } from "vitest";
import { rangeOf } from "./range.ts";

it.each([
  ["bytes=0-4", { start: 0, end: 4 }],
  ["bytes=4-", { start: 4, end: 9 }],
  ["bytes=-3", { start: 7, end: 9 }],
  ["bytes=-99", { start: 0, end: 9 }],
  ["bytes=9-99", { start: 9, end: 9 }],
  ["BYTES=0-0", { start: 0, end: 0 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-2", null],
  ["bytes=-", null],
  ["bytes=0-1,3-4", null],
  ["lines=0-1", null],
  ["bytes=a-b", null],
  [undefined, null],
])("%s is %j", (header, expected) => {
  expect(rangeOf(header, 10)).toEqual(expected);
});

it("of a file without bytes there is none", () => {
  expect(rangeOf("bytes=0-", 0)).toBe("unsatisfiable");
});

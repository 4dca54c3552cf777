/** Durations in words. */
import { expect, it } from "vitest";
import { durationOf } from "./duration.ts";

it.each([
  ["2026-11-25T12:00:00.250Z", "0.3 s"],
  ["2026-11-25T12:00:59.900Z", "59.9 s"],
  ["2026-11-25T12:05:01.000Z", "5 min 1 s"],
  [null, "–"],
])("until %s it is %s", (completed_at, text) => {
  expect(durationOf({ started_at: "2026-11-25T12:00:00.000Z", completed_at })).toBe(text);
});

/** What stands in an address may be anything. */
import { expect, it } from "vitest";
import { momentOf } from "./moment.ts";

it.each(["2026-11-28T03:09", "2026-11-28T03:09:54", "2028-02-29T23:59:59.999"])("takes %s", (text) => {
  expect(momentOf(text)?.toISOString()).toBe(new Date(text).toISOString());
});

it.each([
  "",
  "yesterday",
  "2026-11-28",
  "2026-11-28T25:00",
  "2026-02-30T10:00",
  "2026-06-31T10:00",
  "2026-13-01T10:00",
  "+275760-09-13T00:00",
  "host 1",
  "5",
])("takes no %j", (text) => {
  expect(momentOf(text)).toBeNull();
});

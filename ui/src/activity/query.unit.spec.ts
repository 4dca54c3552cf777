/** A link opens, whatever somebody wrote into it. */
import { expect, it } from "vitest";
import { leftOutOf, queryOf } from "./query.ts";

it("asks for what the address says, with the zone of the reader", () => {
  const address = new URLSearchParams(
    "from_date=2026-11-28T03:09&severity=info&severity=critical&search=prd",
  );
  expect(Object.fromEntries(queryOf(address, 25))).toEqual({
    from_date: new Date("2026-11-28T03:09").toISOString(),
    severity: "critical",
    search: "prd",
    first: "25",
  });
  expect(queryOf(address, 25).getAll("severity")).toEqual(["info", "critical"]);
  expect(leftOutOf(address).size).toBe(0);
});

it("leaves out what is no date and no severity, and says so", () => {
  const address = new URLSearchParams(
    "from_date=yesterday&to_date=2026-11-28T25:00&severity=loud&before=abc",
  );
  expect(Object.fromEntries(queryOf(address, 25))).toEqual({ before: "abc", last: "25" });
  expect(Object.fromEntries(leftOutOf(address))).toEqual({
    from_date: "yesterday",
    to_date: "2026-11-28T25:00",
    severity: "loud",
  });
});

it("leaves out an empty date without a word", () => {
  const address = new URLSearchParams("from_date=&to_date=");
  expect(Object.fromEntries(queryOf(address, 25))).toEqual({ first: "25" });
  expect(leftOutOf(address).size).toBe(0);
});

/** Points in time: ISO 8601 with an offset becomes ISO 8601 in UTC. */
import { describe, expect, it } from "vitest";
import { timeOrNothing } from "./cast.ts";
import { invalid } from "./examples.spec.ts";

describe("a point in time", () => {
  it.each([
    ["2024-06-10T12:34:56Z", "2024-06-10T12:34:56.000Z"],
    ["2024-06-10 12:34:56Z", "2024-06-10T12:34:56.000Z"],
    ["2024-06-10T12:34:56.7Z", "2024-06-10T12:34:56.700Z"],
    ["2024-06-10T12:34:56.123456Z", "2024-06-10T12:34:56.123Z"],
    ["2024-06-10T12:34:56.123456789Z", "2024-06-10T12:34:56.123Z"],
    ["2024-06-10T12:34:56+02:00", "2024-06-10T10:34:56.000Z"],
    ["2024-06-10T12:34:56-0330", "2024-06-10T16:04:56.000Z"],
    ["2024-06-10T00:30:00+01:00", "2024-06-09T23:30:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
  ])("%s is %s", (sent, time) => {
    expect(timeOrNothing().parse(sent)).toBe(time);
  });

  it.each([undefined, null, "", "  "])("%j is none", (value) => {
    expect(timeOrNothing().parse(value)).toBeNull();
  });

  it("is in UTC when it names no offset", () => {
    expect(timeOrNothing().parse("2024-06-10T12:34:56")).toBe("2024-06-10T12:34:56.000Z");
  });

  it.each([
    ["no time", "2024-06-10"],
    ["no seconds", "2024-06-10T12:34Z"],
    ["no such month", "2024-13-10T12:34:56Z"],
    ["no such hour", "2024-06-10T25:34:56Z"],
    ["the hour after the last", "2024-06-10T24:00:00Z"],
    ["a year of five digits by its offset", "9999-12-31T23:59:59-23:59"],
    ["no such minute", "2024-06-10T12:60:56Z"],
    ["no such offset", "2024-06-10T12:34:56+99:99"],
    ["no such day in any month", "2024-06-32T12:34:56Z"],
    ["space around", " 2024-06-10T12:34:56Z"],
    ["another notation", "Mon, 10 Jun 2024 12:34:56 GMT"],
    ["text after it", "2024-06-10T12:34:56Z and more"],
    ["a line after it", "2024-06-10T12:34:56Z\n"],
    ["text before it", "at 2024-06-10T12:34:56Z"],
    ["words", "yesterday"],
    ["seconds since 1970", 1_718_022_896],
    ["a flag", true],
    ["a list", ["2024-06-10T12:34:56Z"]],
    ["an object", {}],
  ])("%s: is invalid", (_, value) => {
    const issues = timeOrNothing().safeParse(value).error?.issues;
    expect(issues?.map(({ message }) => message)).toEqual([invalid]);
  });

  it.each(["2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-06-31T12:34:56Z"])(
    "%s is no day of that month: is invalid, not some day of the next one",
    (value) => {
      const issues = timeOrNothing().safeParse(value).error?.issues;
      expect(issues?.map(({ message }) => message)).toEqual([invalid]);
    },
  );
});

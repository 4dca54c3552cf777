/** How points in time are told. */
import { describe, expect, it } from "vitest";
import { shortTime, time } from "./time.ts";

const then = new Date(2026, 0, 15, 9, 5);
const text = then.toISOString();

describe("a time", () => {
  it("is told in full, or that there is none", () => {
    expect(time(text)).toBe(then.toLocaleString());
    expect(time(null)).toBe("never");
  });

  it("is told in short without the date when that is today's", () => {
    const short = shortTime(text, new Date(2026, 0, 15, 23, 59));
    expect(short).toBe(then.toLocaleTimeString([], { timeStyle: "short" }));
    expect(shortTime(text, new Date(2026, 0, 16, 0, 0))).toContain(short);
    expect(shortTime(text, new Date(2026, 0, 16, 0, 0))).not.toBe(short);
  });
});

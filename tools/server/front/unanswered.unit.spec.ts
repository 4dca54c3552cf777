/** A busy moment is told in one line. */
import { afterEach, expect, it, vi } from "vitest";
import { Unanswered } from "./unanswered.ts";

afterEach(() => {
  vi.useRealTimers();
});

const reset = () => Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });

it("tells of all that came within a second together, by cause", () => {
  vi.useFakeTimers();
  const lines: string[] = [];
  const unanswered = new Unanswered((line) => lines.push(line));
  for (let count = 0; count < 51; count += 1) unanswered.add(reset());
  unanswered.add(new Error("odd"));
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(1_000);
  unanswered.add(reset());
  unanswered.flush();
  vi.advanceTimersByTime(5_000);
  expect(lines).toEqual([
    "the runtime was too busy to answer (51 × ECONNRESET, 1 × odd): whoever asked was told to try again",
    "the runtime was too busy to answer (1 × ECONNRESET): whoever asked was told to try again",
  ]);
});

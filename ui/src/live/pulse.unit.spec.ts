/** A line that says nothing is asked, and given up when it does not answer. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANSWER, Pulse, SILENCE } from "./pulse.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function line() {
  const said: string[] = [];
  const pulse = new Pulse({ ping: () => said.push("ping"), onDead: () => said.push("dead") });
  return { said, pulse };
}

describe("a line", () => {
  it("is asked after a silence, and found dead within a minute", () => {
    const { said, pulse } = line();
    pulse.heard();
    vi.advanceTimersByTime(SILENCE - 1);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(said).toEqual(["ping"]);
    vi.advanceTimersByTime(ANSWER);
    expect(said).toEqual(["ping", "dead"]);
    expect(SILENCE + ANSWER).toBeLessThan(60_000);
  });

  it("lives while it answers", () => {
    const { said, pulse } = line();
    pulse.heard();
    for (let round = 0; round < 3; round += 1) {
      vi.advanceTimersByTime(SILENCE);
      pulse.heard();
    }
    expect(said).toEqual(["ping", "ping", "ping"]);
  });

  it("is asked at once where it may have been cut, and once", () => {
    const { said, pulse } = line();
    pulse.heard();
    pulse.feel();
    pulse.feel();
    vi.advanceTimersByTime(ANSWER);
    expect(said).toEqual(["ping", "dead"]);
  });

  it("that is closed is not asked", () => {
    const { said, pulse } = line();
    pulse.feel();
    pulse.heard();
    pulse.feel();
    pulse.rest();
    pulse.feel();
    vi.advanceTimersByTime(SILENCE + ANSWER);
    expect(said).toEqual(["ping"]);
  });
});

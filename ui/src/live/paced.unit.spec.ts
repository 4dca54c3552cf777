/** How often work is done that is asked for all the time. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { paced } from "./paced.ts";

describe("paced work", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is done once for all that is asked within the delay, and again for what comes later", async () => {
    const work = vi.fn(async () => undefined);
    const ask = paced(work, 1_000);
    for (let times = 0; times < 50; times += 1) ask();
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(work).toHaveBeenCalledTimes(1);
    ask();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("does not begin beside itself, and follows what was asked meanwhile", async () => {
    const work = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
    const ask = paced(work, 1_000);
    ask();
    await vi.advanceTimersByTimeAsync(1_500);
    ask();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("is done again after it failed", async () => {
    const work = vi.fn(async () => Promise.reject(new Error("away")));
    const ask = paced(work, 1_000);
    ask();
    await vi.advanceTimersByTimeAsync(1_000);
    ask();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(2);
  });
});

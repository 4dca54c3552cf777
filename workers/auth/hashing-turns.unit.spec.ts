/** Hashing of passwords takes turns, with a clock of the test's own. */
import { beforeEach, describe, expect, it } from "vitest";
import { type Clock, HashingTurns, MOST_WAITING, TURN } from "./hashing-turns.ts";

/** Time goes on when the test says so. */
class TestClock implements Clock {
  #now = 1_000_000;
  #timers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.#timers.push({ at: this.#now + milliseconds, wake });
    });
  }

  /** The thread was busy so long: timers that were due meanwhile ring late. */
  busy(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Goes on to the next timer until there is none. */
  async run(): Promise<void> {
    for (;;) {
      for (let round = 0; round < 20; round += 1) await Promise.resolve();
      const next = this.#timers.sort((one, other) => one.at - other.at).shift();
      if (next === undefined) return;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}

let clock: TestClock;
let turns: HashingTurns;

beforeEach(() => {
  clock = new TestClock();
  turns = new HashingTurns(clock);
});

/** When each hash began and ended, from now on. */
async function hashesOf(number: number, took: number) {
  const start = clock.now();
  const hashes: { readonly began: number; readonly ended: number }[] = [];
  const asked = Array.from({ length: number }, async () => {
    // Requests come one after the other, if at the same time.
    await Promise.resolve();
    return turns.take(async () => {
      const began = clock.now() - start;
      await Promise.resolve();
      clock.busy(took);
      hashes.push({ began, ended: clock.now() - start });
    });
  });
  await clock.run();
  return { hashes, outcomes: await Promise.all(asked) };
}

describe("hashing", () => {
  it("lets one go at once", async () => {
    const { hashes } = await hashesOf(1, 250);
    expect(hashes).toEqual([{ began: 0, ended: 250 }]);
  });

  it("answers what was hashed, and throws what the hash threw", async () => {
    expect(await turns.take(async () => 7)).toEqual({ status: "done", result: 7 });
    const broken = new HashingTurns(clock).take(() => Promise.reject(new Error("no memory")));
    await expect(broken).rejects.toThrow("no memory");
  });

  it.each([80, 250, 700])("rests as long as it has worked, if a hash takes %d ms", async (took) => {
    const { hashes } = await hashesOf(6, took);
    expect(hashes).toHaveLength(6);
    for (const [index, { began }] of hashes.entries()) {
      const before = hashes[index - 1];
      if (before !== undefined) expect(began - before.ended).toBeGreaterThanOrEqual(took);
    }
  });

  it("lets sixteen wait, and tells the others when to come again", async () => {
    const { hashes, outcomes } = await hashesOf(MOST_WAITING + 4, 250);
    expect(hashes).toHaveLength(17);
    expect(outcomes.filter(({ status }) => status === "busy")).toEqual(
      Array.from({ length: 3 }, () => ({ status: "busy", retryAfter: 1 })),
    );
  });

  it("has places again once some are done", async () => {
    await hashesOf(MOST_WAITING + 1, 250);
    const { outcomes } = await hashesOf(MOST_WAITING, 250);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(MOST_WAITING).fill("done"));
  });

  it("lets fewer wait where hashes take longer than was thought", async () => {
    const slow = turns.take(async () => clock.busy(9 * TURN));
    await clock.run();
    await slow;
    // What it took, and the rest after it, is nine turns more than were counted on.
    const { outcomes } = await hashesOf(MOST_WAITING + 1, 250);
    expect(outcomes.filter(({ status }) => status === "done")).toHaveLength(8);
  });

  it("does not wait for one that was given up", async () => {
    const given = turns.take(() => new Promise<void>(() => {}));
    await clock.run();
    const { outcomes } = await hashesOf(1, 250);
    expect(outcomes).toEqual([{ status: "done", result: undefined }]);
    expect(given).toBeInstanceOf(Promise);
  });
});

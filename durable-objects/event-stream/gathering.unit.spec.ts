/** Many ask at once; the work is done in few rounds, each of them gets its answer, and nobody's end holds up the others. */
import { describe, expect, it, vi } from "vitest";
import { Gathering } from "./gathering.ts";

type Answer = readonly number[];

/** Work that ends when the test says so. */
class WorkInHand {
  readonly rounds: { items: readonly number[]; end: PromiseWithResolvers<Answer> }[] = [];
  now = 0;
  #waits: { until: number; end: () => void }[] = [];
  readonly gathering: Gathering<number, Answer>;

  constructor(atOnce = 100, pause?: () => Promise<void>) {
    this.gathering = new Gathering<number, Answer>({
      work: (items) => {
        const end = Promise.withResolvers<Answer>();
        this.rounds.push({ items, end });
        return end.promise;
      },
      fitting: () => atOnce,
      now: () => this.now,
      wait: (milliseconds) =>
        new Promise((resolve) => {
          this.#waits.push({ until: this.now + milliseconds, end: resolve });
        }),
      ...(pause === undefined ? {} : { pause }),
    });
  }

  get items(): readonly (readonly number[])[] {
    return this.rounds.map(({ items }) => items);
  }

  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    const due = this.#waits.filter(({ until }) => until <= this.now);
    this.#waits = this.#waits.filter(({ until }) => until > this.now);
    for (const { end } of due) end();
    await settled();
  }

  /** Those who wait see it after a while. */
  async end(round: number): Promise<void> {
    const { items, end } = this.rounds[round] ?? {};
    end?.resolve(items ?? []);
    await settled();
    await this.pass(250);
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("work that is gathered", () => {
  it("is done at once for who asks alone", async () => {
    const { gathering, ...work } = new WorkInHand();
    const answer = gathering.ask([1]);
    expect(work.rounds.map(({ items }) => items)).toEqual([[1]]);
    work.rounds[0]?.end.resolve([10]);
    expect(await answer).toEqual([[10]]);
  });

  it("is done together for all who ask while a round is under way", async () => {
    const work = new WorkInHand();
    const answers = [1, 2, 3, 4].map((item) => work.gathering.ask([item]));
    await settled();
    expect(work.items).toEqual([[1]]);
    await work.end(0);
    expect(work.items).toEqual([[1], [2, 3, 4]]);
    await work.end(1);
    expect(await Promise.all(answers)).toEqual([[[1]], [[2, 3, 4]], [[2, 3, 4]], [[2, 3, 4]]]);
    await settled();
    expect(work.rounds).toHaveLength(2);
  });

  it("takes in one round what fits, in order, and at least one", async () => {
    const work = new WorkInHand(2);
    const answer = work.gathering.ask([1, 2, 3, 4, 5]);
    for (const round of [0, 1, 2]) {
      await settled();
      await work.end(round);
    }
    expect(await answer).toEqual([[1, 2], [3, 4], [5]]);

    const large = new WorkInHand(0);
    void large.gathering.ask([1, 2]);
    expect(large.items).toEqual([[1]]);
  });

  it("answers before the pause, and begins the next round after it", async () => {
    const pause = Promise.withResolvers<void>();
    const work = new WorkInHand(100, () => pause.promise);
    const first = work.gathering.ask([1]);
    void work.gathering.ask([2]);
    await work.end(0);
    expect(await first).toEqual([[1]]);
    await settled();
    expect(work.items).toEqual([[1]]);
    pause.resolve();
    await settled();
    await work.pass(250);
    expect(work.items).toEqual([[1], [2]]);
  });

  it("fails for those of its round alone, and for all that needed it", async () => {
    const work = new WorkInHand(2);
    const both = work.gathering.ask([1, 2, 3]);
    const other = work.gathering.ask([4]);
    const failed = expect(both).rejects.toThrow("down");
    work.rounds[0]?.end.reject(new Error("down"));
    await settled();
    await work.pass(250);
    await work.end(1);
    expect(await other).toEqual([[3, 4]]);
    await failed;
    const after = work.gathering.ask([5]);
    await settled();
    await work.end(2);
    expect(await after).toEqual([[5]]);
  });

  it("of one who is gone is given up after 15 seconds by those who wait, though nobody comes", async () => {
    const work = new WorkInHand();
    const givenUp = expect(work.gathering.ask([1])).rejects.toThrow("gone");
    const stuck = work.gathering.ask([2]);
    await work.pass(14_999);
    const later = work.gathering.ask([3]);
    expect(work.items).toEqual([[1]]);
    await work.pass(250);
    expect(work.items).toEqual([[1], [2, 3]]);
    await work.end(1);
    await work.pass(250);
    expect(await Promise.all([stuck, later])).toEqual([[[2, 3]], [[2, 3]]]);
    // It was not gone, only late: that disturbs nobody.
    const last = work.gathering.ask([4]);
    await work.end(0);
    const next = work.gathering.ask([5]);
    expect(work.items).toEqual([[1], [2, 3], [4]]);
    await work.end(2);
    await work.end(3);
    expect(await Promise.all([last, next])).toEqual([[[4]], [[5]]]);
    await givenUp;
  });

  it("that one who is gone has taken fails after 15 seconds", async () => {
    const work = new WorkInHand();
    const first = work.gathering.ask([1]);
    // It does the work for the next, and is never heard of again.
    void work.gathering.ask([2]);
    const failed = expect(work.gathering.ask([3])).rejects.toThrow("gone");
    await work.end(0);
    expect(await first).toEqual([[1]]);
    expect(work.items).toEqual([[1], [2, 3]]);
    await work.pass(15_000);
    await failed;
  });

  it("leaves no failure unhandled", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const work = new WorkInHand(1);
    const answer = work.gathering.ask([1, 2]).catch((error: Error) => error.message);
    work.rounds[0]?.end.reject(new Error("first"));
    await settled();
    await work.pass(250);
    work.rounds[1]?.end.reject(new Error("second"));
    expect(await answer).toBe("first");
    await settled();
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

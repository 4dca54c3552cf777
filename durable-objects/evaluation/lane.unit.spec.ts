/** One at a time, in order, whoever goes away. */
import { describe, expect, it } from "vitest";
import { Lane } from "./lane.ts";

/** Time goes on when the test says so. */
class TestLane {
  readonly #timers: { readonly at: number; readonly wake: () => void }[] = [];
  #now = 1_000;
  readonly lane = new Lane({
    now: () => this.#now,
    wait: (milliseconds) =>
      new Promise((wake) => {
        this.#timers.push({ at: this.#now + milliseconds, wake });
      }),
  });
  readonly began: string[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<string>>();

  take(name: string): Promise<string> {
    const end = Promise.withResolvers<string>();
    this.#ends.set(name, end);
    return this.lane.take(() => {
      this.began.push(name);
      return end.promise;
    });
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.resolve(name);
    await settled();
  }

  async fail(name: string): Promise<void> {
    this.#ends.get(name)?.reject(new Error(name));
    await settled();
  }

  /** As a request whose client has gone: its timers ring no more. */
  forgetTimers(): void {
    this.#timers.length = 0;
  }

  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      const [next] = this.#timers.sort((one, other) => one.at - other.at);
      if (next === undefined || next.at > until) break;
      this.#timers.shift();
      this.#now = next.at;
      next.wake();
      await settled();
    }
    this.#now = until;
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("the lane", () => {
  it("is had at once by who comes alone, and gives what came of it", async () => {
    const lane = new TestLane();
    const result = lane.take("a");
    expect(lane.began).toEqual(["a"]);
    await lane.end("a");
    expect(await result).toBe("a");
  });

  it("is had by one at a time, in the order in which they came", async () => {
    const lane = new TestLane();
    const all = Promise.all(["a", "b", "c"].map((name) => lane.take(name)));
    await lane.pass(1_000);
    expect(lane.began).toEqual(["a"]);
    await lane.end("a");
    await lane.pass(10);
    expect(lane.began).toEqual(["a", "b"]);
    await lane.end("b");
    await lane.pass(10);
    await lane.end("c");
    expect(await all).toEqual(["a", "b", "c"]);
  });

  it("is free after work that failed", async () => {
    const lane = new TestLane();
    const failed = lane.take("a").catch(String);
    const next = lane.take("b");
    await lane.fail("a");
    expect(await failed).toBe("Error: a");
    await lane.pass(10);
    await lane.end("b");
    expect(await next).toBe("b");
  });

  it("is given on after a while where the next one has gone away", async () => {
    const lane = new TestLane();
    const first = lane.take("a");
    const gone = lane.take("gone");
    await settled();
    lane.forgetTimers();
    const last = lane.take("c");
    await lane.end("a");
    await first;
    await lane.pass(4_000);
    expect(lane.began).toEqual(["a"]);
    await lane.pass(2_000);
    expect(lane.began).toEqual(["a", "c"]);
    await lane.end("c");
    expect(await last).toBe("c");
    expect(await Promise.race([gone, settled()])).toBeUndefined();
  });

  it("is given on after a while where who had it has gone away", async () => {
    const lane = new TestLane();
    // It is the test's clock that stands for its timer: nothing says any longer that it is there.
    const gone = lane.take("gone");
    const next = lane.take("b");
    await lane.pass(6_000);
    expect(lane.began).toEqual(["gone", "b"]);
    await lane.end("b");
    expect(await next).toBe("b");
    await lane.end("gone");
    expect(await gone).toBe("gone");
  });
});

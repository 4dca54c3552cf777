/** A watch that stops at any moment: whoever was told something is heard of again. */
import { describe, expect, it } from "vitest";
import { StreamUnderTest } from "../../test/stream-under-test.ts";
import { HEARTBEAT_INTERVAL, LOST_AFTER } from "./loss.ts";
import { Watch } from "./watch.ts";

const SHARDS = 8;
const host = crypto.randomUUID();

type Word = "passing" | "critical";

/** The host, and watches over it that live one after the other in the same storage. */
class Story {
  readonly #storage: DurableObjectStorage;
  now = Date.now() + 10 * 3_600_000;
  /** What the host was told last. */
  told: Word | null = null;
  answers = true;
  fails = false;
  watch: Watch;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.watch = this.#wake();
  }

  #wake(): Watch {
    return new Watch({
      storage: this.#storage,
      now: () => this.now,
      shards: SHARDS,
      isRegistered: async () => true,
      updateHeartbeat: async (_, word) => {
        if (this.fails) throw new Error("the host cannot be reached");
        this.told = word;
        return this.answers || new Promise(() => {});
      },
      handOver: async () => {},
    });
  }

  /** The answer to what is told does not come any more: the watch stops meanwhile, and another wakes. */
  async stopDuring(work: (watch: Watch) => Promise<unknown>): Promise<void> {
    this.answers = false;
    this.told = null;
    void work(this.watch);
    await expect.poll(() => this.told).not.toBeNull();
    this.answers = true;
    await this.restart();
  }

  async restart(): Promise<void> {
    this.watch = this.#wake();
    await this.watch.start();
  }

  alarm(): Promise<number | null> {
    return this.#storage.getAlarm();
  }

  /** What the platform does with an alarm that it forgets. */
  forget(): Promise<void> {
    return this.#storage.deleteAlarm();
  }

  async ring(): Promise<void> {
    await this.forget();
    await this.watch.check();
  }

  beat(): Promise<boolean> {
    return this.watch.beat(host, SHARDS);
  }
}

function tell(story: (of: Story) => Promise<void>): Promise<void> {
  return new StreamUnderTest().inside((_, { storage }) => story(new Story(storage)));
}

it("gives a host the time that Trento gives: five seconds to the next heartbeat, and one more", () => {
  expect([HEARTBEAT_INTERVAL, LOST_AFTER]).toEqual([5_000, 6_000]);
});

describe("a watch that stops", () => {
  it("while it tells a host that it is alive hears of it being lost", () =>
    tell(async (of) => {
      await of.stopDuring(() => of.beat());
      expect(of.told).toBe("passing");
      expect(await of.alarm()).toBe(of.now + LOST_AFTER);
      of.now += LOST_AFTER;
      await of.ring();
      expect(of.told).toBe("critical");
    }));

  it("while it tells that a host is back hears of it being lost again", () =>
    tell(async (of) => {
      await of.beat();
      of.now += LOST_AFTER;
      await of.ring();
      await of.stopDuring(() => of.beat());
      of.now += LOST_AFTER;
      await of.ring();
      expect(of.told).toBe("critical");
    }));

  it("while it tells that a host is lost tells that it is back, with its next heartbeat", () =>
    tell(async (of) => {
      await of.beat();
      of.now += LOST_AFTER;
      await of.stopDuring((watch) => watch.check());
      expect(of.told).toBe("critical");
      await of.beat();
      expect(of.told).toBe("passing");
    }));

  it("has nothing to tell where it stopped at rest", () =>
    tell(async (of) => {
      await of.beat();
      await of.restart();
      of.told = null;
      await of.beat();
      expect(of.told).toBeNull();
    }));
});

describe("a host that cannot be told", () => {
  it("that it is alive is told with its next heartbeat", () =>
    tell(async (of) => {
      of.fails = true;
      await expect(of.beat()).rejects.toThrow("cannot be reached");
      of.fails = false;
      await of.beat();
      expect(of.told).toBe("passing");
    }));

  it("that it is lost is told at the next look, and that it is back with the heartbeat that came meanwhile", () =>
    tell(async (of) => {
      await of.beat();
      of.now += LOST_AFTER;
      of.fails = true;
      await of.ring();
      expect(await of.alarm()).toBe(of.now + 5_000);
      of.fails = false;
      of.now += 5_000;
      await of.ring();
      expect(of.told).toBe("critical");
      await of.beat();
      expect(of.told).toBe("passing");
    }));
});

describe("an alarm that is forgotten", () => {
  it("is set when the watch wakes, where anybody is watched", () =>
    tell(async (of) => {
      await of.beat();
      await of.forget();
      await of.restart();
      expect(await of.alarm()).toBe(of.now + LOST_AFTER);
    }));

  it("is set with the next heartbeat, once it should have rung a minute ago", () =>
    tell(async (of) => {
      await of.beat();
      await of.forget();
      of.now += LOST_AFTER + 59_000;
      await of.beat();
      expect(await of.alarm()).toBeNull();
      of.now += 1_000;
      await of.beat();
      expect(await of.alarm()).toBe(of.now + LOST_AFTER);
    }));

  it("is set where the clock was put back, and it lies hours ahead", () =>
    tell(async (of) => {
      await of.beat();
      of.now -= 2 * 3_600_000;
      await of.restart();
      expect(await of.alarm()).toBe(of.now + LOST_AFTER);
    }));
});

describe("a clock that is put back", () => {
  it("hides no loss: of those who beat since, nor of those who do not", () =>
    tell(async (of) => {
      const silent = crypto.randomUUID();
      await of.watch.beat(silent, SHARDS);
      await of.beat();
      of.now -= 30 * 60_000;
      await of.beat();
      expect(await of.alarm()).toBe(of.now + LOST_AFTER);
      of.now += LOST_AFTER;
      await of.ring();
      expect([of.told, of.watch.isAlive(host)]).toEqual(["critical", false]);
      expect(of.watch.isAlive(silent)).toBe(true);
      of.now += LOST_AFTER;
      await of.ring();
      expect(of.watch.isAlive(silent)).toBe(false);
    }));
});

describe("hosts that are shown otherwise than they were seen", () => {
  it("are told anew: lost, where nothing comes any more", () =>
    tell(async (of) => {
      of.watch.compare([{ host_id: host, heartbeat: "passing" }], SHARDS);
      of.now += LOST_AFTER;
      await of.ring();
      expect(of.told).toBe("critical");
    }));

  it("and back, where they beat", () =>
    tell(async (of) => {
      await of.beat();
      of.watch.compare([{ host_id: host, heartbeat: "critical" }], SHARDS);
      of.told = null;
      await of.beat();
      expect(of.told).toBe("passing");
    }));

  it("are left alone where both agree", () =>
    tell(async (of) => {
      await of.beat();
      of.watch.compare([{ host_id: host, heartbeat: "passing" }], SHARDS);
      of.told = null;
      await of.beat();
      expect(of.told).toBeNull();
      const stranger = crypto.randomUUID();
      of.watch.compare([{ host_id: stranger, heartbeat: "critical" }], SHARDS);
      expect(of.watch.last(stranger)).toBeNull();
    }));
});

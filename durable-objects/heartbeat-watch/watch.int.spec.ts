/** The watch at a clock of its own: when hosts are lost, by what was told of them, and what goes wrong meanwhile. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Watch } from "./watch.ts";

const SHARDS = 8;
const A = "00000000-0000-4000-8000-00000000000a";
const B = "00000000-0000-4000-8000-00000000000b";
const START = Date.now() + 1_000_000;

/** A shard, its clock, and the hosts that it tells. */
class Bench {
  now = START;
  shards = SHARDS;
  readonly told: string[] = [];
  /** What a host does as it is told. */
  onTold: (hostId: string, heartbeat: string) => Promise<boolean> = async () => true;
  onHandOver: (hostId: string) => Promise<void> = async () => {};
  readonly storage: DurableObjectStorage;
  watch: Watch;

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    this.watch = this.#newWatch();
  }

  #newWatch(): Watch {
    return new Watch({
      storage: this.storage,
      now: () => this.now,
      shards: this.shards,
      isRegistered: async () => true,
      updateHeartbeat: async (hostId, heartbeat) => {
        const known = await this.onTold(hostId, heartbeat);
        this.told.push(`${hostId === A ? "A" : "B"} ${heartbeat}`);
        return known;
      },
      handOver: (hostId) => this.onHandOver(hostId),
    });
  }

  async restart(): Promise<void> {
    this.watch = this.#newWatch();
    await this.watch.start();
  }

  beat = (hostId = A) => this.watch.beat(hostId, SHARDS);
  relay = (age: number, hostId = A) => this.watch.beatAll([{ host_id: hostId, age }], 5_000, true, SHARDS);
  /** One that says nothing of hosts that fell silent. */
  formerRelay = (age: number) => this.watch.beatAll([{ host_id: A, age }], 5_000, false, SHARDS);

  /** Milliseconds from the start at which it wakes. */
  async alarm(): Promise<number | null> {
    const at = await this.storage.getAlarm();
    return at === null ? null : at - START;
  }

  /** The clock goes on to the time, and the alarms of meanwhile ring. @param at milliseconds from the start */
  async until(at: number): Promise<void> {
    for (let alarm = await this.alarm(); alarm !== null && alarm <= at; alarm = await this.alarm()) {
      this.now = Math.max(this.now, START + alarm);
      await this.storage.deleteAlarm();
      await this.watch.check();
    }
    this.now = START + at;
  }
}

async function withBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  const shard = env.HEARTBEAT_WATCH.getByName(crypto.randomUUID());
  await runInDurableObject(shard, async (_, { storage }) => {
    await work(new Bench(storage));
    await storage.deleteAlarm();
  });
}

describe("a host that comes itself", () => {
  it("is lost six seconds after its last heartbeat, and no sooner", () =>
    withBench(async (bench) => {
      await bench.beat();
      await bench.until(5_999);
      expect(bench.told).toEqual(["A passing"]);
      await bench.until(6_000);
      expect(bench.told).toEqual(["A passing", "A critical"]);
    }));

  it("may be taken away when its next heartbeat is overdue", () =>
    withBench(async (bench) => {
      expect(bench.watch.isAlive(A)).toBe(false);
      await bench.beat();
      bench.now += 4_999;
      expect(bench.watch.isAlive(A)).toBe(true);
      bench.now += 1;
      expect(bench.watch.isAlive(A)).toBe(false);
    }));
});

describe("a host that a relay tells of", () => {
  it("is lost when the relay says so often enough that it is silent", () =>
    withBench(async (bench) => {
      await bench.relay(1_000);
      for (const at of [5_000, 10_000]) {
        await bench.until(at);
        await bench.relay(at + 1_000);
      }
      await bench.until(10_999);
      expect([bench.told, bench.watch.isAlive(A)]).toEqual([["A passing"], true]);
      // The last heartbeat was a second before the start: 6 s, the relay's interval and a second on the way.
      await bench.until(16_000);
      expect([bench.told, bench.watch.isAlive(A)]).toEqual([["A passing", "A critical"], false]);
    }));

  it("is not lost while the relay is starting anew, and is when it does not come back", () =>
    withBench(async (bench) => {
      await bench.relay(4_000);
      await bench.until(29_999);
      expect([bench.told, bench.watch.isAlive(A)]).toEqual([["A passing"], true]);
      await bench.relay(0);
      await bench.until(59_998);
      expect(bench.told).toEqual(["A passing"]);
      await bench.until(59_999);
      expect(bench.told).toEqual(["A passing", "A critical"]);
    }));

  it("is never forgotten for want of something to do", () =>
    withBench(async (bench) => {
      await bench.relay(0);
      let last = 0;
      for (let alarm = await bench.alarm(); alarm !== null; alarm = await bench.alarm()) {
        expect(alarm - last).toBeLessThan(10_000);
        await bench.until(alarm);
        last = alarm;
      }
      expect([bench.told, last]).toEqual([["A passing", "A critical"], 30_000]);
    }));

  it("is given the same time after a restart of the watch", () =>
    withBench(async (bench) => {
      await bench.relay(0);
      bench.now += 20_000;
      await bench.restart();
      await bench.until(49_999);
      expect(bench.told).toEqual(["A passing"]);
      await bench.until(50_000);
      expect(bench.told).toEqual(["A passing", "A critical"]);
    }));

  it("is not brought back by what is old, nor by being silent", () =>
    withBench(async (bench) => {
      await bench.relay(0);
      await bench.until(30_000);
      await bench.relay(29_000);
      await bench.relay(6_000);
      expect(bench.told).toEqual(["A passing", "A critical"]);
      await bench.relay(5_999);
      expect(bench.told.at(-1)).toBe("A passing");
      expect(await bench.relay(60_000, B)).toEqual({ unknown: [], doubted: [] });
      expect(bench.watch.last(B)).toBeNull();
    }));

  it("is alive as long as one of two relays hears it, whichever speaks last", () =>
    withBench(async (bench) => {
      await bench.relay(0);
      for (let at = 5_000; at <= 40_000; at += 5_000) {
        await bench.until(at);
        await bench.relay(1_000);
        await bench.relay(at);
      }
      expect(bench.told).toEqual(["A passing"]);
    }));

  it("costs nothing while it beats, and no more alarms than hosts that come themselves", () =>
    withBench(async (bench) => {
      await bench.relay(0);
      const alarm = await bench.alarm();
      const written = () => bench.storage.sql.exec("SELECT total_changes() AS n").one().n;
      const before = written();
      for (let at = 5_000; at <= 25_000; at += 5_000) {
        bench.now = START + at;
        await bench.relay(2_000);
      }
      expect([await bench.alarm(), written()]).toEqual([alarm, before]);
    }));
});

describe("a relay that says nothing of silent hosts", () => {
  it("has its hosts lost by its interval later, and no more", () =>
    withBench(async (bench) => {
      await bench.formerRelay(1_000);
      await bench.until(10_999);
      expect([bench.told, bench.watch.isAlive(A)]).toEqual([["A passing"], true]);
      // The watch looks every five seconds at least.
      await bench.until(15_999);
      expect(bench.told).toEqual(["A passing", "A critical"]);
    }));

  it("may pass on a heartbeat alone after it has started anew, and is waited for as before", () =>
    withBench(async (bench) => {
      await bench.formerRelay(0);
      await bench.until(8_000);
      await bench.beat();
      await bench.until(18_000);
      await bench.formerRelay(4_000);
      expect(bench.told).toEqual(["A passing"]);
    }));

  it("says nothing of a host that comes itself by now, and that it does not hear", () =>
    withBench(async (bench) => {
      await bench.beat();
      await bench.relay(8_000);
      await bench.until(6_000);
      expect(bench.told).toEqual(["A passing", "A critical"]);
    }));

  it("is not waited for any more when its host comes itself", () =>
    withBench(async (bench) => {
      await bench.formerRelay(0);
      await bench.beat();
      await bench.beat();
      await bench.until(10_999);
      expect(bench.told).toEqual(["A passing", "A critical"]);
    }));
});

describe("a host of which all is to be heard anew", () => {
  const doubted = async (answer: Promise<{ doubted: string[] }>) => (await answer).doubted;

  it("is named to its relay, twice, also after a restart; never while it is silent", () =>
    withBench(async (bench) => {
      await bench.relay(0);
      bench.watch.doubt(A);
      bench.watch.doubt(A);
      await bench.restart();
      expect(await doubted(bench.relay(7_000))).toEqual([]);
      expect(await doubted(bench.relay(0, B))).toEqual([]);
      expect(await doubted(bench.relay(0))).toEqual([A]);
      expect(await doubted(bench.relay(0))).toEqual([A]);
      expect(await doubted(bench.relay(0))).toEqual([]);
      await bench.restart();
      expect(await doubted(bench.relay(0))).toEqual([]);
    }));

  it("need not be asked when it comes itself", () =>
    withBench(async (bench) => {
      bench.watch.doubt(A);
      await bench.beat();
      await bench.restart();
      expect(await doubted(bench.relay(0))).toEqual([]);
    }));
});

describe("what goes wrong", () => {
  it("a watch that wakes without its alarm, or with one that is past, sets it", () =>
    withBench(async (bench) => {
      await bench.beat();
      for (const lose of [
        () => bench.storage.deleteAlarm(),
        () => bench.storage.setAlarm(bench.now - 1_000),
      ]) {
        await lose();
        await bench.restart();
        expect(await bench.alarm()).toBe(6_000);
      }
      await bench.until(6_000);
      expect(bench.told.at(-1)).toBe("A critical");
      await bench.restart();
      expect(await bench.alarm()).toBeNull();
    }));

  it("a heartbeat that comes while the loss is told wins, and is told after it", () =>
    withBench(async (bench) => {
      await bench.beat();
      bench.onTold = async (_, heartbeat) => {
        if (heartbeat === "critical") await bench.beat();
        return true;
      };
      await bench.until(6_000);
      expect(bench.told).toEqual(["A passing", "A critical", "A passing"]);
      await bench.until(11_999);
      expect(bench.told).toHaveLength(3);
    }));

  it("a telling waits for the one before, also where that fails", () =>
    withBench(async (bench) => {
      await bench.beat();
      const order: string[] = [];
      const first = Promise.withResolvers<boolean>();
      bench.onTold = (hostId, heartbeat) => {
        order.push(heartbeat);
        return hostId === A && heartbeat === "critical" ? first.promise : Promise.resolve(true);
      };
      const lost = bench.until(6_000);
      await new Promise((resolve) => setTimeout(resolve, 0));
      bench.watch.forget(A);
      const back = bench.beat();
      await new Promise((resolve) => setTimeout(resolve, 0));
      expect(order).toEqual(["critical"]);
      first.reject(new Error("the host cannot be reached"));
      await Promise.all([lost, back]);
      expect(order).toEqual(["critical", "passing"]);
    }));

  it("losses that cannot be told are told at the next look, and hold up no others", () =>
    withBench(async (bench) => {
      // More than are told at once.
      const broken = [A, ...Array.from({ length: 30 }, () => crypto.randomUUID())];
      for (const hostId of [...broken, B]) await bench.beat(hostId);
      let isBroken = true;
      bench.onTold = async (hostId) => {
        if (broken.includes(hostId) && isBroken) throw new Error("the host cannot be reached");
        return true;
      };
      await bench.until(6_000);
      expect(bench.told.filter((one) => one.endsWith("critical"))).toEqual(["B critical"]);
      isBroken = false;
      await bench.until(11_000);
      expect(bench.told).toContain("A critical");
    }));

  it("a host is kept until another shard has it", () =>
    withBench(async (bench) => {
      await bench.beat(A);
      await bench.beat(B);
      bench.shards = SHARDS + 1;
      await bench.restart();
      let isBroken = true;
      const handed: string[] = [];
      bench.onHandOver = async (hostId) => {
        if (isBroken && hostId === A) throw new Error("the shard cannot be reached");
        handed.push(hostId);
      };
      await bench.until(6_000);
      expect([handed, bench.watch.last(A)?.at, bench.watch.last(B)]).toEqual([[B], START, null]);
      isBroken = false;
      await bench.until(11_000);
      expect([handed, bench.watch.last(A)]).toEqual([[B, A], null]);
      expect(bench.told).toEqual(["A passing", "B passing"]);
    }));
});

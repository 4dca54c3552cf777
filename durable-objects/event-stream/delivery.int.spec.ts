/** How a stream's events reach its subscribers, whatever the queue does. */
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { StreamUnderTest } from "../../test/stream-under-test.ts";

afterEach(() => {
  vi.useRealTimers();
});

async function taken(stream: StreamUnderTest): Promise<number[]> {
  return stream.inside(({ queue }) =>
    queue.taken.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index)),
  );
}

function outboxRows(stream: StreamUnderTest): Promise<number> {
  return stream.inside((_, { storage }) =>
    Number(storage.sql.exec("SELECT count(*) AS rows FROM outbox").one().rows),
  );
}

function alarmTime(stream: StreamUnderTest): Promise<number | null> {
  return stream.inside((_, { storage }) => storage.getAlarm());
}

/** Milliseconds until the alarm, which must be set. */
async function pauseOf(stream: StreamUnderTest): Promise<number> {
  const at = await alarmTime(stream);
  if (at === null) throw new Error("no alarm is set");
  return at - Date.now();
}

function forgetTaken(stream: StreamUnderTest): Promise<unknown> {
  return stream.inside(({ queue }) => {
    queue.taken.length = 0;
  });
}

function setCheckpoint(stream: StreamUnderTest, version: number): Promise<unknown> {
  return env.DB.prepare(
    `INSERT INTO checkpoints (stream, subscriber, version, previous) VALUES (?1, 'listener', ?2, 0)
     ON CONFLICT DO UPDATE SET previous = version, version = ?2`,
  )
    .bind(`counter/${stream.id}`, version)
    .run();
}

/** The answer does not wait for the queue; this does. */
function settled(stream: StreamUnderTest, version: number) {
  return expect.poll(async () => (await taken(stream)).includes(version)).toBe(true);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("delivery", () => {
  it("sends every commit once, with its events, and empties the outbox", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await stream.send({ type: "Add", data: { amount: 1, times: 2 } });
    await settled(stream, 3);
    expect(await taken(stream)).toEqual([1, 2, 3]);
    await setCheckpoint(stream, 3);
    await stream.alarm();
    expect(await outboxRows(stream)).toBe(0);
    const carried = await stream.inside(({ queue }) => queue.taken.flatMap(({ events }) => events ?? []));
    expect(carried.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it("names an event that is too large for a message, without carrying it", async () => {
    const stream = new StreamUnderTest();
    await stream.send({ type: "Note", data: { text: "x".repeat(200_000) } });
    await settled(stream, 1);
    expect(await stream.inside(({ queue }) => queue.taken)).toMatchObject([{ from: 1, to: 1, events: null }]);
  });

  it("keeps the outbox row when the queue does not take the message, and sends it at the alarm", async () => {
    const stream = new StreamUnderTest();
    await stream.inside(({ queue }) => {
      queue.broken = true;
    });
    await stream.add(1);
    expect(await outboxRows(stream)).toBe(1);
    expect(await alarmTime(stream)).toBeGreaterThan(Date.now());
    await stream.inside(({ queue }) => {
      queue.broken = false;
    });
    expect(await stream.alarm()).toBe(true);
    expect(await taken(stream)).toContain(1);
    expect(await outboxRows(stream)).toBe(0);
  });

  it("sends after a crash between commit and publish", async () => {
    const stream = new StreamUnderTest();
    await stream.inside(({ queue }) => {
      queue.broken = true;
    });
    await stream.add(1);
    await stream.evict();
    expect(await outboxRows(stream)).toBe(1);
    expect(await stream.alarm()).toBe(true);
    expect(await taken(stream)).toContain(1);
  });

  it("sends again what a subscriber has not applied, although the queue took it", async () => {
    const stream = new StreamUnderTest();
    for (const amount of [1, 2, 3]) await stream.add(amount);
    await settled(stream, 3);
    await setCheckpoint(stream, 1);
    await stream.inside(({ queue }) => {
      queue.taken.length = 0;
    });
    await stream.alarm();
    expect(await taken(stream)).toEqual([2, 3]);
  });

  it("does not send again what only waits in the queue, for three minutes", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    const committed = Date.now();
    await stream.inside(({ queue }) => {
      queue.waitingSince = committed - 60_000;
    });
    const now = vi.spyOn(Date, "now");
    // The queue is looked at once a second.
    now.mockReturnValue(committed + 20_000);
    await stream.alarm();
    expect(await taken(stream)).toEqual([1]);
    expect(await alarmTime(stream)).toBeGreaterThan(committed);
    now.mockReturnValue(committed + 4 * 60_000);
    await stream.alarm();
    expect(await taken(stream)).toEqual([1, 1]);
  });

  it("sends again at once when the queue has passed on newer messages, or this one was not taken", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    const committed = Date.now();
    await stream.inside(({ queue }) => {
      queue.waitingSince = committed + 10_000;
    });
    const now = vi.spyOn(Date, "now");
    now.mockReturnValue(committed + 20_000);
    await stream.alarm();
    expect(await taken(stream)).toEqual([1, 1]);

    await stream.inside(({ queue }) => {
      queue.waitingSince = committed - 60_000;
      queue.broken = true;
    });
    await stream.add(1);
    await stream.inside(({ queue }) => {
      queue.broken = false;
    });
    now.mockReturnValue(committed + 30_000);
    await stream.alarm();
    expect(await taken(stream)).toEqual([1, 1, 1, 2]);
  });

  it("waits longer after each attempt, and stops when all have caught up", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      pauses.push(await pauseOf(stream));
      await stream.alarm();
    }
    // Ten seconds, twice as long each time, ten minutes at the most; up to a quarter more by chance.
    const least = [10, 20, 40, 80, 160, 320, 600, 600].map((seconds) => seconds * 1_000);
    pauses.forEach((pause, attempt) => {
      const shortest = least[attempt] ?? 0;
      // What the test itself takes is not of the pause.
      expect(pause).toBeGreaterThan(shortest - 5_000);
      expect(pause).toBeLessThanOrEqual(shortest * 1.25 + 1);
    });
    await setCheckpoint(stream, 1);
    await stream.alarm();
    expect(await alarmTime(stream)).toBeNull();
    await stream.add(1);
    expect(await pauseOf(stream)).toBeLessThanOrEqual(12_501);
  });

  it("does not wait longer for one that is behind and comes on, and does once it stands still", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    const pauses: number[] = [];
    const attempt = async (version: number) => {
      await setCheckpoint(stream, version);
      await stream.alarm();
      pauses.push(await pauseOf(stream));
    };
    // Written to all the time: whenever somebody looks there is something newer.
    for (let version = 1; version <= 8; version += 1) {
      await stream.add(1);
      // Whoever kills it often may let no instance see two alarms.
      if (version % 2 === 0) await stream.evict();
      await attempt(version);
    }
    for (let round = 0; round < 3; round += 1) await attempt(8);
    const first = Math.min(...pauses);
    // A pause is longer by up to a quarter, by chance; the next step is twice as long.
    expect(pauses.slice(0, 8).every((pause) => pause < first * 1.6)).toBe(true);
    expect(pauses.at(-1)).toBeGreaterThan(first * 4);
  });

  it("sends a message that is lost again and again until it is applied", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    for (let lost = 0; lost < 5; lost += 1) {
      await forgetTaken(stream);
      expect(await stream.alarm()).toBe(true);
      expect(await taken(stream)).toEqual([1]);
      expect(await alarmTime(stream)).toBeGreaterThan(Date.now());
    }
  });

  it("sets the alarm with the next commit, where the one before was rolled back", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    await setCheckpoint(stream, 1);
    await stream.alarm();
    expect(await alarmTime(stream)).toBeNull();
    // The alarm was set before the transaction failed, and went with it.
    await stream.inside(async (instance, { storage }) => {
      const { transactionSync } = storage;
      Object.assign(storage, {
        transactionSync: (body: () => unknown) => {
          Object.assign(storage, { transactionSync });
          return storage.transactionSync(() => {
            body();
            throw new Error("the disk is full");
          });
        },
      });
      await expect(instance.execute(stream.request({ type: "Add", data: { amount: 1 } }))).rejects.toThrow(
        "the disk is full",
      );
      instance.queue.broken = true;
    });
    expect(await alarmTime(stream)).toBeNull();
    await stream.add(1);
    expect(await alarmTime(stream)).toBeGreaterThan(Date.now());
  });

  it("finds what a subscriber wants behind more than it is sent at once of what it does not want", async () => {
    const stream = new StreamUnderTest();
    let lost = 0;
    await stream.inside((instance) => {
      const send = async () => {
        lost += 1;
      };
      const subscribers = () => [{ name: "rare", wants: new Set(["Noted"]), queue: { send } }];
      Object.assign(instance, { subscribers });
    });
    await stream.send({ type: "Note", data: { text: "wanted" } });
    await stream.send({ type: "Add", data: { amount: 1, times: 1_100 } });
    await stream.send({ type: "Note", data: { text: "wanted" } });
    await expect.poll(() => lost).toBe(2);
    await stream.inside((instance) => {
      const { queue } = instance;
      const subscribers = () => [{ name: "rare", wants: new Set(["Noted"]), queue }];
      Object.assign(instance, { subscribers });
    });
    await env.DB.prepare(
      "INSERT INTO checkpoints (stream, subscriber, version, previous) VALUES (?, 'rare', 1, 0)",
    )
      .bind(`counter/${stream.id}`)
      .run();
    await stream.alarm();
    expect(await stream.inside(({ queue }) => queue.taken)).toMatchObject([{ from: 2, to: 1_102 }]);
  });

  it("survives a database that does not answer", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    await env.DB.prepare("ALTER TABLE checkpoints RENAME TO checkpoints_away").run();
    await stream.alarm();
    await env.DB.prepare("ALTER TABLE checkpoints_away RENAME TO checkpoints").run();
    expect(await alarmTime(stream)).not.toBeNull();
  });
});

describe("an alarm that is forgotten", () => {
  /** As the platform leaves it: the object has its time, and nothing rings. */
  const forgotten = (stream: StreamUnderTest, at: number | null) =>
    stream.inside(async (_, { storage }) => {
      if (at === null) return storage.deleteAlarm();
      Object.assign(storage, { getAlarm: async () => at });
    });
  const alarmsSet = (stream: StreamUnderTest) =>
    stream.inside((_, { storage }) => {
      const times: number[] = [];
      const { setAlarm } = storage;
      Object.assign(storage, {
        setAlarm: (at: number) => {
          times.push(at);
          return setAlarm.call(storage, at);
        },
      });
      return times;
    });

  it("is set anew by whatever wakes the stream, where something waits", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    for (const wake of [
      () => stream.sum(),
      () => stream.stub.readEvents(1),
      () => stream.stub.describe(),
      () => stream.add(0),
      () => stream.stub.look(null),
    ]) {
      await stream.evict();
      await forgotten(stream, null);
      await wake();
      await expect.poll(() => alarmTime(stream)).toBeGreaterThan(Date.now());
    }
  });

  it("is set anew where its time is past, and left alone where it lies ahead", async () => {
    for (const [at, count] of [
      [Date.now() - 1_000, 1],
      [Date.now() + 60_000, 0],
    ] as const) {
      const stream = new StreamUnderTest();
      await stream.add(1);
      await settled(stream, 1);
      await stream.evict();
      await forgotten(stream, at);
      const times = await alarmsSet(stream);
      await stream.stub.look(null);
      expect(times).toHaveLength(count);
    }
  });

  it("is set by one who knows that a subscriber is behind, although no outbox says so", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    await setCheckpoint(stream, 1);
    await stream.alarm();
    expect(await alarmTime(stream)).toBeNull();
    await stream.stub.look({ listener: 1 });
    expect(await alarmTime(stream)).toBeNull();
    await stream.stub.look({});
    expect(await alarmTime(stream)).not.toBeNull();
  });

  it("is none of a stream to which nothing was ever written", async () => {
    const stream = new StreamUnderTest();
    await stream.stub.look({});
    expect(await alarmTime(stream)).toBeNull();
  });

  it("is set anew by a commit, where it should have rung long ago or lies far ahead", async () => {
    for (const later of [11 * 60_000, -2 * 60 * 60_000]) {
      const stream = new StreamUnderTest();
      await stream.add(1);
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + later });
      const times = await alarmsSet(stream);
      await stream.add(1);
      const at = times[0] ?? 0;
      expect(at - Date.now()).toBeGreaterThan(9_000);
      expect(at - Date.now()).toBeLessThanOrEqual(12_501);
      vi.useRealTimers();
    }
  });
});

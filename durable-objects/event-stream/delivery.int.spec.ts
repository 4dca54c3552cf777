/** How a stream's events reach its subscribers, whatever the queue does. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { StreamUnderTest } from "../../test/stream-under-test.ts";

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

  it("waits longer after each attempt, and stops when all have caught up", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await settled(stream, 1);
    await stream.alarm();
    const second = (await alarmTime(stream)) ?? 0;
    await stream.alarm();
    const third = (await alarmTime(stream)) ?? 0;
    expect(third - Date.now()).toBeGreaterThan((second - Date.now()) * 1.3);
    await setCheckpoint(stream, 1);
    await stream.alarm();
    expect(await alarmTime(stream)).toBeNull();
    await stream.add(1);
    expect(await alarmTime(stream)).not.toBeNull();
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

/** What every event stream does, on real workerd. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { StreamUnderTest } from "../../test/stream-under-test.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("appending", () => {
  it("numbers events from 1, and reads them by range", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await stream.send({ type: "Add", data: { amount: 2, times: 3 } });
    const events = await stream.stub.readEvents(2, 3);
    expect(events.map(({ version, data }) => [version, data])).toEqual([
      [2, { amount: 2 }],
      [3, { amount: 2 }],
    ]);
    expect(await stream.stub.readEvents(5)).toEqual([]);
  });

  it("keeps correlation, causation and actor", async () => {
    const stream = new StreamUnderTest();
    const metadata = { correlationId: "request-1", causationId: "event-7", actor: "user:1" };
    await stream.add(1, { metadata });
    const [event] = await stream.stub.readEvents(1);
    expect(event?.metadata).toEqual(metadata);
  });

  it("keeps times that never go back, though the clock does: looking back by time finds what was so", async () => {
    const stream = new StreamUnderTest();
    const at = (now: number) => vi.useFakeTimers({ toFake: ["Date"], now });
    // Far ahead of the runtime's own clock, so that no alarm is due while it goes on.
    const noon = Date.UTC(2090, 2, 1, 12);
    const times = [noon, noon - 3_600_000, noon - 1, noon + 1, noon - 60_000];
    for (const now of times) {
      at(now);
      await stream.add(1);
      // One that was put away reads the last time from its rows.
      await stream.evict();
    }
    vi.useRealTimers();
    const iso = (now: number) => new Date(now).toISOString();
    const occurred = (await stream.stub.readEvents(1)).map(({ occurredAt }) => occurredAt);
    expect(occurred).toEqual([noon, noon, noon, noon + 1, noon + 1].map(iso));
    const versionAt = async (now: number) => (await stream.stub.stateAt({ time: iso(now) })).version;
    expect(await versionAt(noon - 1)).toBe(0);
    expect(await versionAt(noon)).toBe(3);
    expect(await versionAt(noon + 1)).toBe(5);
  });

  it("refuses with the aggregate's own error, and appends nothing", async () => {
    const stream = new StreamUnderTest();
    expect(await stream.add(2_000_000)).toEqual({ status: "refused", error: "too_much" });
    expect(await stream.stub.describe()).toEqual({ name: null, version: 0 });
  });

  it("leaves no storage behind where nothing was ever accepted", async () => {
    const stream = new StreamUnderTest();
    await stream.add(2_000_000);
    await stream.add(0);
    const tables = await stream.inside((_, { storage }) =>
      storage.sql
        .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'")
        .toArray(),
    );
    expect(tables).toEqual([]);
  });

  it("says that an event is too large for a row, and appends none of its command", async () => {
    const stream = new StreamUnderTest();
    const outcome = await stream.send({ type: "Note", data: { text: "€".repeat(700_000) } });
    expect(outcome).toMatchObject({ status: "too_large", limit: 500_000 });
    expect((await stream.stub.describe()).version).toBe(0);
  });

  it("leaves storage and memory as they were when the transaction fails", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await stream.inside((_, { storage }) => {
      storage.sql.exec(
        "CREATE TRIGGER fault BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
      );
    });
    const failure = await stream.failureOf(stream.request({ type: "Add", data: { amount: 10 } }));
    expect(failure).toContain("the disk is full");
    await stream.inside((_, { storage }) => storage.sql.exec("DROP TRIGGER fault"));
    expect(await stream.sum()).toBe(1);
    await stream.add(2);
    expect(await stream.sum()).toBe(3);
    expect((await stream.stub.describe()).version).toBe(2);
  });

  it("is not taken for another aggregate", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    const request = stream.request({ type: "Add", data: { amount: 1 } });
    const failure = await stream.failureOf({ ...request, stream: { type: "counter", id: "another" } });
    expect(failure).toContain("was asked as another");
  });
});

describe("expected version", () => {
  it("takes exact, any, no stream and exists", async () => {
    const stream = new StreamUnderTest();
    expect(await stream.add(1, { expected: "stream_exists" })).toMatchObject({
      status: "conflict",
      actual: 0,
    });
    expect(await stream.add(1, { expected: "no_stream" })).toMatchObject({ status: "accepted", version: 1 });
    expect(await stream.add(1, { expected: "no_stream" })).toMatchObject({ status: "conflict", actual: 1 });
    expect(await stream.add(1, { expected: 1 })).toMatchObject({ status: "accepted", version: 2 });
    expect(await stream.add(1, { expected: 1 })).toEqual({ status: "conflict", expected: 1, actual: 2 });
    expect(await stream.add(1, { expected: "stream_exists" })).toMatchObject({ status: "accepted" });
    expect(await stream.add(1, { expected: "any" })).toMatchObject({ status: "accepted" });
    expect(await stream.sum()).toBe(4);
  });

  it("lets one of two concurrent commands win", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    const outcomes = await Promise.all([stream.add(10, { expected: 1 }), stream.add(100, { expected: 1 })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["accepted", "conflict"]);
    expect((await stream.stub.describe()).version).toBe(2);
  });

  it("decides many concurrent commands one after the other", async () => {
    const stream = new StreamUnderTest();
    await Promise.all(Array.from({ length: 50 }, () => stream.add(1)));
    expect(await stream.sum()).toBe(50);
    expect((await stream.stub.readEvents(1)).map(({ version }) => version)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  });
});

describe("the same command twice", () => {
  it("returns the first outcome and has no second effect, also after an eviction", async () => {
    const stream = new StreamUnderTest();
    const first = await stream.add(5, { id: "once" });
    expect(await stream.add(5, { id: "once" })).toEqual(first);
    await stream.evict();
    expect(await stream.add(5, { id: "once" })).toEqual(first);
    expect(await stream.sum()).toBe(5);
  });

  it("returns the first outcome of a command with several events, with others before and behind it", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1, { id: "several" });
    const first = await stream.send({ type: "Add", data: { amount: 1, times: 12 } }, { id: "several.1" });
    await stream.add(1, { id: "several.1.12" });
    expect(first).toMatchObject({ status: "accepted", version: 13 });
    expect(await stream.send({ type: "Add", data: { amount: 1, times: 12 } }, { id: "several.1" })).toEqual(
      first,
    );
    expect(await stream.add(1, { id: "several" })).toEqual({
      status: "accepted",
      version: 1,
      events: ["Added"],
    });
    expect(await stream.sum()).toBe(14);
  });

  it("returns the first outcome when that was a refusal, or changed nothing", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    const nothing = await stream.add(0, { id: "nothing" });
    const refused = await stream.add(1_000_000, { id: "refused" });
    await stream.add(-10);
    expect(await stream.add(7, { id: "nothing" })).toEqual(nothing);
    expect(await stream.add(7, { id: "refused" })).toEqual(refused);
    expect(await stream.sum()).toBe(-9);
  });

  it("writes no row for what changes nothing when the sender does not need that", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    const written = await stream.inside(async (instance, { storage }) => {
      const before = storage.sql.exec("SELECT count(*) AS n FROM commands").one();
      await instance.execute(
        stream.request({ type: "Add", data: { amount: 0 } }, { id: "silent", keepOutcome: "when_changed" }),
      );
      return [before, storage.sql.exec("SELECT count(*) AS n FROM commands").one()];
    });
    expect(written[1]).toEqual(written[0]);
  });
});

describe("a stream that wakes", () => {
  it("has after an eviction the state that it had", async () => {
    const stream = new StreamUnderTest();
    await stream.add(3);
    await stream.add(4);
    await stream.evict();
    expect(await stream.sum()).toBe(7);
    expect(await stream.add(1, { expected: 2 })).toMatchObject({ status: "accepted", version: 3 });
    expect((await stream.stub.describe()).name).toEqual({ type: "counter", id: stream.id });
  });

  it("reads few rows of 10,000 events", async () => {
    const stream = new StreamUnderTest();
    for (let commands = 0; commands < 100; commands += 1) {
      await stream.send({ type: "Add", data: { amount: 1, times: 99 } });
      await stream.add(1);
    }
    await stream.add(1);
    await stream.evict();
    const read = await stream.inside((_, { storage }) => {
      const [snapshot] = storage.sql.exec("SELECT max(version) AS version FROM snapshots").toArray();
      return Number(snapshot?.version);
    });
    expect((await stream.stub.describe()).version).toBe(10_001);
    expect(10_001 - read).toBeLessThanOrEqual(100);
    expect(await stream.sum()).toBe(10_001);
    expect((await stream.stub.readEvents(9_990)).length).toBe(12);
    expect((await stream.stub.stateAt({ version: 5_050 })).state.sum).toBe(5_050);
  });

  it("passes over a snapshot of another schema", async () => {
    const stream = new StreamUnderTest();
    await stream.send({ type: "Add", data: { amount: 1, times: 120 } });
    await stream.inside((_, { storage }) => {
      storage.sql.exec("UPDATE snapshots SET schema = 99, state = '{\"sum\": 666}'");
    });
    await stream.evict();
    expect(await stream.sum()).toBe(120);
  });

  it("reads an event of an old schema through its upcasters", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await stream.inside((_, { storage }) => {
      storage.sql.exec('UPDATE events SET schema_version = 1, data = \'{"amount":"41"}\' WHERE version = 1');
    });
    await stream.evict();
    await stream.add(1);
    const [old, fresh] = await stream.stub.readEvents(1);
    expect(old).toMatchObject({ schemaVersion: 1, data: { amount: 41 } });
    expect(fresh).toMatchObject({ schemaVersion: 2, data: { amount: 1 } });
    expect(await stream.sum()).toBe(42);
  });
});

describe("looking back", () => {
  it("tells the state at a version", async () => {
    const stream = new StreamUnderTest();
    for (const amount of [1, 2, 3]) await stream.add(amount);
    expect(await stream.stub.stateAt({ version: 2 })).toEqual({ version: 2, state: { sum: 3 } });
    expect(await stream.stub.stateAt({ version: 0 })).toEqual({ version: 0, state: { sum: 0 } });
  });

  it("tells the state at a time", async () => {
    const stream = new StreamUnderTest();
    for (const amount of [1, 2, 3]) await stream.add(amount);
    await stream.inside((_, { storage }) => {
      storage.sql.exec("UPDATE events SET occurred_at = '2026-01-0' || version || 'T00:00:00.000Z'");
    });
    expect(await stream.stub.stateAt({ time: "2025-12-31T00:00:00.000Z" })).toMatchObject({ version: 0 });
    expect(await stream.stub.stateAt({ time: "2026-01-02T00:00:00.000Z" })).toEqual({
      version: 2,
      state: { sum: 3 },
    });
    expect(await stream.stub.stateAt({ time: "2026-09-09T00:00:00.000Z" })).toMatchObject({ version: 3 });
  });
});

describe("a stream closed by a tombstone", () => {
  it("takes no more events until it is reopened, also after an eviction", async () => {
    const stream = new StreamUnderTest();
    await stream.add(1);
    await stream.send({ type: "Close", data: {} });
    expect(await stream.add(1)).toEqual({ status: "closed" });
    await stream.evict();
    expect(await stream.add(1)).toEqual({ status: "closed" });
    expect(await stream.send({ type: "Reopen", data: {} })).toMatchObject({ status: "accepted", version: 3 });
    expect(await stream.add(1)).toMatchObject({ status: "accepted", version: 4 });
    expect(await stream.sum()).toBe(2);
  });
});

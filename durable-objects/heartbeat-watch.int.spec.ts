/** The watch over heartbeats. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hostPayload, TestAgent } from "../test/agents.ts";
import { rotateApiKey } from "../workers/auth/api-key.ts";
import { LOST_AFTER } from "./heartbeat-watch/loss.ts";
import { hostStub } from "./streams.ts";

const SHARDS = 8;

afterEach(() => {
  vi.useRealTimers();
});

/** A shard that nobody else uses. */
function newShard() {
  return env.HEARTBEAT_WATCH.getByName(crypto.randomUUID());
}

async function registered(): Promise<TestAgent> {
  const agent = new TestAgent();
  await agent.collect("host_discovery", hostPayload);
  return agent;
}

/** Lets time pass for the objects: they share this isolate's clock. */
function pass(milliseconds: number): void {
  const now = Date.now() + milliseconds;
  vi.useFakeTimers({ toFake: ["Date"], now });
}

function rowsAndAlarm(shard: ReturnType<typeof newShard>) {
  return runInDurableObject(shard, async (_, { storage }) => ({
    rows: storage.sql.exec("SELECT * FROM watched").toArray(),
    alarm: await storage.getAlarm(),
  }));
}

describe("a heartbeat", () => {
  it("of a host that is not registered is not known, and leaves nothing behind", async () => {
    const shard = newShard();
    expect(await shard.beat(crypto.randomUUID(), SHARDS)).toBe(false);
    expect(await rowsAndAlarm(shard)).toEqual({ rows: [], alarm: null });
  });

  it("makes the host passing; the next ones change nothing and re-arm nothing", async () => {
    const [shard, agent] = [newShard(), await registered()];
    expect(await shard.beat(agent.id, SHARDS)).toBe(true);
    expect((await agent.hostState()).heartbeat).toBe("passing");
    const before = await rowsAndAlarm(shard);
    const events = await agent.events();
    for (let count = 0; count < 20; count += 1) await shard.beat(agent.id, SHARDS);
    expect(await rowsAndAlarm(shard)).toEqual(before);
    expect(await agent.events()).toEqual(events);
    expect(await shard.seen()).toHaveProperty(agent.id);
  });
});

describe("a host that is lost right after another key was issued", () => {
  it("was lost because of that, and later on for reasons of its own", async () => {
    const correlationId = crypto.randomUUID();
    await rotateApiKey(env, null, correlationId);
    const lost = async (after: number) => {
      const [shard, agent] = [newShard(), await registered()];
      await shard.beat(agent.id, SHARDS);
      pass(after);
      await runDurableObjectAlarm(shard);
      vi.useRealTimers();
      const stored = await hostStub(env, agent.id).readEvents(1);
      return stored.find(({ type }) => type === "HeartbeatFailed")?.metadata.correlationId;
    };
    expect(await lost(LOST_AFTER)).toBe(correlationId);
    expect(await lost(20_000)).not.toBe(correlationId);
  });
});

describe("a host that a relay tells of", () => {
  it("that is not registered is named, and leaves nothing behind", async () => {
    const [shard, stranger] = [newShard(), crypto.randomUUID()];
    const told = [{ host_id: stranger, age: 0 }];
    expect(await shard.beatAll(told, 5_000, true, SHARDS)).toEqual({ unknown: [stranger], doubted: [] });
    expect(await rowsAndAlarm(shard)).toEqual({ rows: [], alarm: null });
  });

  it("is watched as before after a restart of the watch", async () => {
    const [shard, agent] = [newShard(), await registered()];
    await shard.beatAll([{ host_id: agent.id, age: 0 }], 5_000, true, SHARDS);
    await evictDurableObject(shard);
    pass(LOST_AFTER + 6_000);
    await runDurableObjectAlarm(shard);
    expect((await agent.hostState()).heartbeat).toBe("passing");
    pass(30_000);
    await runDurableObjectAlarm(shard);
    expect((await agent.hostState()).heartbeat).toBe("critical");
  });
});

describe("a host that stops reporting", () => {
  it("becomes critical, and passing again with its next heartbeat", async () => {
    const [shard, agent] = [newShard(), await registered()];
    await shard.beat(agent.id, SHARDS);
    pass(LOST_AFTER);
    await runDurableObjectAlarm(shard);
    expect((await agent.hostState()).heartbeat).toBe("critical");
    await shard.beat(agent.id, SHARDS);
    expect((await agent.hostState()).heartbeat).toBe("passing");
  });

  it("is not declared lost before its time", async () => {
    const [shard, agent] = [newShard(), await registered()];
    await shard.beat(agent.id, SHARDS);
    pass(LOST_AFTER - 500);
    await runDurableObjectAlarm(shard);
    expect((await agent.hostState()).heartbeat).toBe("passing");
    expect((await rowsAndAlarm(shard)).alarm).not.toBeNull();
  });

  it("does not take others with it", async () => {
    const shard = newShard();
    const [silent, alive] = [await registered(), await registered()];
    await Promise.all([shard.beat(silent.id, SHARDS), shard.beat(alive.id, SHARDS)]);
    pass(LOST_AFTER - 1_000);
    await shard.beat(alive.id, SHARDS);
    pass(1_000);
    await runDurableObjectAlarm(shard);
    expect((await silent.hostState()).heartbeat).toBe("critical");
    expect((await alive.hostState()).heartbeat).toBe("passing");
  });

  it("costs no alarm when nobody is left to watch", async () => {
    const [shard, agent] = [newShard(), await registered()];
    await shard.beat(agent.id, SHARDS);
    pass(LOST_AFTER);
    await runDurableObjectAlarm(shard);
    expect((await rowsAndAlarm(shard)).alarm).toBeNull();
  });
});

describe("a restart of the watch", () => {
  it("declares nobody lost before its time, and afterwards who stays silent", async () => {
    const [shard, agent] = [newShard(), await registered()];
    await shard.beat(agent.id, SHARDS);
    pass(60_000);
    await evictDurableObject(shard);
    await runDurableObjectAlarm(shard);
    expect((await agent.hostState()).heartbeat).toBe("passing");
    expect(await shard.last(agent.id)).toMatchObject({ assumed: true });
    pass(LOST_AFTER);
    await runDurableObjectAlarm(shard);
    expect((await agent.hostState()).heartbeat).toBe("critical");
  });

  it("keeps who was lost, and revives them", async () => {
    const [shard, agent] = [newShard(), await registered()];
    await shard.beat(agent.id, SHARDS);
    pass(LOST_AFTER);
    await runDurableObjectAlarm(shard);
    await evictDurableObject(shard);
    expect(await shard.beat(agent.id, SHARDS)).toBe(true);
    expect((await agent.hostState()).heartbeat).toBe("passing");
  });
});

describe("another number of shards", () => {
  it("hands the watched over instead of declaring them lost", async () => {
    const agent = await registered();
    const old = newShard();
    await old.beat(agent.id, SHARDS + 1);
    pass(LOST_AFTER);
    await runDurableObjectAlarm(old);
    expect((await agent.hostState()).heartbeat).toBe("passing");
    expect((await rowsAndAlarm(old)).rows).toEqual([]);
    const shard = Number.parseInt(agent.id.slice(0, 8), 16) % SHARDS;
    const heir = env.HEARTBEAT_WATCH.getByName(`${shard}-of-${SHARDS}`);
    expect(await heir.last(agent.id)).toMatchObject({ assumed: true });
  });
});

describe("a host that is forgotten", () => {
  it("is asked about again at its next heartbeat", async () => {
    const [shard, agent] = [newShard(), await registered()];
    await shard.beat(agent.id, SHARDS);
    await shard.forget(agent.id);
    expect(await shard.last(agent.id)).toBeNull();
    expect(await shard.beat(agent.id, SHARDS)).toBe(true);
  });
});

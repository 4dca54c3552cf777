/** What the projector makes of nudges that come twice, late, in the wrong order, or not at all. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Nudge, StoredEvent } from "../../durable-objects/event-stream/events.ts";
import { PROJECTOR } from "../../durable-objects/event-stream/subscribers.ts";
import { hostStub } from "../../durable-objects/streams.ts";
import { cloudPayload, hostPayload, TestAgent } from "../../test/agents.ts";
import { databaseOf } from "../read-models/database.ts";
import { advanceCheckpoint } from "../subscription/checkpoints.ts";
import { deliver } from "./deliveries.spec.ts";

interface Row {
  readonly version: number;
  readonly provider: string;
  readonly agent_version: string;
}

const rowOf = (id: string) => env.DB.prepare("SELECT * FROM hosts WHERE id = ?").bind(id).first<Row>();

async function checkpointOf(id: string): Promise<number | null> {
  return env.DB.prepare("SELECT version FROM checkpoints WHERE stream = ? AND subscriber = ?")
    .bind(`host/${id}`, PROJECTOR)
    .first<number>("version");
}

/** A host with three versions or more, all of them projected. */
async function projected(): Promise<{ id: string; events: StoredEvent[] }> {
  const agent = new TestAgent();
  await agent.collect("host_discovery", hostPayload);
  await agent.collect("cloud_discovery", cloudPayload);
  await agent.collect("host_discovery", { ...hostPayload, agent_version: "4.0.0" });
  const events = await hostStub(env, agent.id).readEvents(1);
  await expect.poll(async () => (await rowOf(agent.id))?.version).toBe(events.length);
  return { id: agent.id, events };
}

/** As if the queue had lost everything. */
async function forget(id: string): Promise<void> {
  await env.DB.batch([
    env.DB.prepare("DELETE FROM hosts WHERE id = ?").bind(id),
    env.DB.prepare("DELETE FROM checkpoints WHERE stream = ?").bind(`host/${id}`),
  ]);
}

function nudge(id: string, events: readonly StoredEvent[], carried = true): Nudge {
  const [first, last] = [events[0]?.version ?? 0, events.at(-1)?.version ?? 0];
  return { stream: { type: "host", id }, from: first, to: last, events: carried ? events : null };
}

describe("nudges", () => {
  it("that come twice are taken once", async () => {
    const { id, events } = await projected();
    const before = await rowOf(id);
    expect(await deliver(nudge(id, events), nudge(id, events.slice(0, 1)))).toEqual([]);
    expect(await rowOf(id)).toEqual(before);
  });

  it("that were lost are made up for by the next", async () => {
    const { id, events } = await projected();
    const before = await rowOf(id);
    await forget(id);
    expect(await deliver(nudge(id, events.slice(-1)))).toEqual([]);
    expect(await rowOf(id)).toMatchObject({
      version: before?.version,
      provider: "kvm",
      agent_version: "4.0.0",
    });
    expect(await checkpointOf(id)).toBe(events.length);
  });

  it("that come in the wrong order, overlap, or carry nothing, end in the same row", async () => {
    const { id, events } = await projected();
    const before = await rowOf(id);
    const orders: Nudge[][] = [
      [nudge(id, events.slice(1)), nudge(id, events.slice(0, 1))],
      [nudge(id, events.slice(0, 2)), nudge(id, events)],
      [nudge(id, events, false)],
      [nudge(id, events.slice(-1), false), nudge(id, events.slice(0, 2))],
    ];
    for (const order of orders) {
      await forget(id);
      expect(await deliver(...order)).toEqual([]);
      expect(await rowOf(id)).toMatchObject({
        version: before?.version,
        provider: "kvm",
        agent_version: "4.0.0",
      });
      expect(await checkpointOf(id)).toBe(events.length);
    }
  });

  it("that two consumers have at once are applied once", async () => {
    const { id, events } = await projected();
    await forget(id);
    const again = await Promise.all([1, 2, 3].map(() => deliver(nudge(id, events))));
    for (const numbers of again) if (numbers.length > 0) expect(await deliver(nudge(id, events))).toEqual([]);
    expect(await checkpointOf(id)).toBe(events.length);
    expect(await rowOf(id)).toMatchObject({ version: events.length, provider: "kvm" });
  });

  it("of a stream that cannot be applied hold up no other", async () => {
    const { id, events } = await projected();
    await forget(id);
    const unknown: Nudge = { stream: { type: "planet", id: "mars" }, from: 1, to: 1, events: null };
    expect(await deliver(unknown, nudge(id, events))).toEqual([0]);
    expect(await rowOf(id)).toMatchObject({ version: events.length });
  });
});

describe("a checkpoint", () => {
  it("moves only from where it is believed to be, and takes its batch with it", async () => {
    const db = databaseOf(env);
    const stream = { type: "host", id: crypto.randomUUID() };
    const move = (previous: number, reached: number) =>
      advanceCheckpoint(db, PROJECTOR, { stream, previous, reached });
    const run = async (previous: number, reached: number) => {
      await db.batch([move(previous, reached)]);
    };
    await expect(run(3, 4)).rejects.toThrow();
    await run(0, 2);
    await expect(run(0, 5)).rejects.toThrow();
    await expect(run(1, 5)).rejects.toThrow();
    await run(2, 5);
    expect(await checkpointOf(stream.id)).toBe(5);
  });
});

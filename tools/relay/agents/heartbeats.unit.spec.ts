/** Heartbeats through a relay: answered here, told in batches. */
import { beforeEach, describe, expect, it } from "vitest";
import type { HeartbeatBatch } from "../../../checks/relay-messages.ts";
import { agentId, answer, Clock } from "./agents.spec.ts";
import { BATCH_EVERY, Heartbeats } from "./heartbeats.ts";

/** One that came before the relay was started. */
const formerId = agentId.replace(/.{3}$/, "999");

let clock: Clock;
let edge: { status: number; unknown: string[]; doubted: string[] };
let told: HeartbeatBatch[];
let events: string[];
let heartbeats: Heartbeats;

const anew = (before: readonly string[]) =>
  new Heartbeats({
    now: () => clock.now,
    before,
    heartbeats: async (batch) => {
      told.push(batch);
      const { status, unknown, doubted } = edge;
      return status === 200 ? { heard: { unknown, doubted } } : { heard: null, answer: answer(status, "{}") };
    },
    onUnknown: (id) => void events.push(`unknown ${id}`),
    onDoubt: (id) => void events.push(`doubted ${id}`),
  });

beforeEach(() => {
  clock = new Clock();
  edge = { status: 200, unknown: [], doubted: [] };
  told = [];
  events = [];
  heartbeats = anew([formerId]);
});

const beat = async (id = agentId) => (await heartbeats.take(id)).status;
const ages = () => told.map(({ heartbeats: [first] }) => first?.age);
const batchOf = (age: number) => ({ interval: BATCH_EVERY, heartbeats: [{ host_id: agentId, age }] });

describe("a heartbeat", () => {
  it("is told at once when it is the first, as those that follow, and in batches from then on, with its age", async () => {
    expect(await beat(agentId.toUpperCase())).toBe(204);
    expect(told).toEqual([batchOf(0)]);
    await clock.pass(2_000);
    expect(await beat()).toBe(204);
    await clock.pass(1_500);
    await heartbeats.tell();
    expect(told).toEqual([batchOf(0), batchOf(1_500)]);
  });

  it("of a host that is not registered is asked of the edge every time, and what was said of it is sent once a minute", async () => {
    edge.unknown = [agentId];
    expect([await heartbeats.take(agentId), await beat()]).toMatchObject([
      { status: 404, body: expect.stringContaining("The host is not registered.") },
      404,
    ]);
    await heartbeats.tell();
    expect([told.length, heartbeats.hosts, events]).toEqual([2, 0, [`unknown ${agentId}`]]);
    await clock.pass(60_000);
    await heartbeats.tell();
    await beat();
    expect(events).toHaveLength(2);
  });

  it("with an id that is none is refused", async () => {
    expect(await heartbeats.take("x")).toMatchObject({ status: 422 });
    expect(told).toEqual([]);
  });

  it.each([
    [0, 503],
    [500, 503],
    [401, 401],
  ])("of a host that nobody can judge is not said to be heard (%i)", async (status, answered) => {
    edge.status = status;
    expect([await beat(), heartbeats.hosts]).toEqual([answered, 0]);
  });
});

describe("a host that came before the relay was started", () => {
  it("is said to be silent when it has had its time, until it comes or a minute has passed", async () => {
    for (const seconds of [5, 10, 60, 65]) {
      clock.now = 1_000_000 + seconds * 1_000;
      await heartbeats.tell();
    }
    expect(told.map(({ heartbeats: some }) => some.map(({ host_id, age }) => [host_id, age]))).toEqual([
      [[formerId, 10_000]],
      [[formerId, 60_000]],
    ]);
  });

  it("is asked of the edge as any other when it comes", async () => {
    expect(await beat(formerId)).toBe(204);
    await clock.pass(10_000);
    await heartbeats.tell();
    expect(told).toHaveLength(2);
    expect(told[1]?.heartbeats).toEqual([{ host_id: formerId, age: 10_000 }]);
  });
});

describe("hosts that are known", () => {
  beforeEach(async () => {
    heartbeats = anew([]);
    await beat();
    told = [];
  });

  it("are told of again when the edge did not hear it", async () => {
    edge.status = 0;
    await heartbeats.tell();
    await clock.pass(5_000);
    edge.status = 200;
    await heartbeats.tell();
    expect(ages()).toEqual([0, 5_000]);
  });

  it("are told of while they are silent, for a minute: nobody takes that for a relay that is away", async () => {
    for (const age of [0, 5_000, 60_000, 65_000]) {
      clock.now = 1_000_000 + age;
      await heartbeats.tell();
    }
    expect(ages()).toEqual([0, 5_000, 60_000]);
  });

  it("are known no more when the edge says so, and sent whole", async () => {
    edge.unknown = [agentId];
    await heartbeats.tell();
    expect([events, heartbeats.hosts]).toEqual([[`unknown ${agentId}`], 0]);
    expect(await beat()).toBe(404);
  });

  it("are not spoken for when somebody took them away after they fell silent", async () => {
    await clock.pass(10_000);
    edge.unknown = [agentId];
    await heartbeats.tell();
    expect([events, heartbeats.hosts]).toEqual([[], 0]);
  });

  it("are told anew in all they say when the edge doubts it, and when they were silent for long", async () => {
    edge.doubted = [agentId];
    await heartbeats.tell();
    edge.doubted = [];
    await clock.pass(59_000);
    await beat();
    expect(events).toHaveLength(1);
    await clock.pass(60_000);
    await beat();
    expect(events).toEqual([`doubted ${agentId}`, `doubted ${agentId}`]);
  });
});

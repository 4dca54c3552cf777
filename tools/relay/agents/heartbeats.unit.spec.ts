/** Heartbeats through a relay: answered here, told in batches. */
import { beforeEach, describe, expect, it } from "vitest";
import type { HeartbeatBatch } from "../../../checks/relay-messages.ts";
import { agentId, answer, Clock } from "./agents.spec.ts";
import { BATCH_EVERY, Heartbeats } from "./heartbeats.ts";

let clock: Clock;
let edge: { status: number; unknown: string[] | null };
let asked: string[];
let told: HeartbeatBatch[];
let events: string[];
let heartbeats: Heartbeats;

beforeEach(() => {
  clock = new Clock();
  edge = { status: 204, unknown: [] };
  asked = [];
  told = [];
  events = [];
  heartbeats = new Heartbeats({
    now: () => clock.now,
    heartbeat: async (id) => {
      asked.push(id);
      return answer(edge.status, edge.status === 204 ? "" : "{}");
    },
    heartbeats: async (batch) => {
      told.push(batch);
      return edge.unknown;
    },
    onUnknown: (id) => void events.push(`unknown ${id}`),
    onReturn: (id) => void events.push(`back ${id}`),
  });
});

const beat = async (id = agentId) => (await heartbeats.take(id)).status;

describe("a heartbeat", () => {
  it("is asked of the edge once, and told in batches from then on, with its age", async () => {
    expect(await beat(agentId.toUpperCase())).toBe(204);
    await clock.pass(2_000);
    expect(await beat()).toBe(204);
    await clock.pass(1_500);
    await heartbeats.tell();
    await heartbeats.tell();
    expect(asked).toEqual([agentId]);
    expect(told).toEqual([{ interval: BATCH_EVERY, heartbeats: [{ host_id: agentId, age: 1_500 }] }]);
  });

  it("of a host that is not registered is asked of the edge every time", async () => {
    edge.status = 404;
    expect([await beat(), await beat()]).toEqual([404, 404]);
    await heartbeats.tell();
    expect([asked.length, told, heartbeats.hosts]).toEqual([2, [], 0]);
  });

  it("with an id that is none is refused", async () => {
    expect(await heartbeats.take("x")).toMatchObject({ status: 422 });
    expect(asked).toEqual([]);
  });

  it("of a host that nobody can judge is not said to be heard", async () => {
    edge.status = 0;
    expect(await beat()).toBe(503);
  });
});

describe("hosts that are known", () => {
  beforeEach(() => beat());

  it("are told of again when the edge did not hear it, until that is of no use", async () => {
    edge.unknown = null;
    await beat();
    await heartbeats.tell();
    await clock.pass(5_000);
    await heartbeats.tell();
    await clock.pass(60_000);
    await heartbeats.tell();
    expect(told.map(({ heartbeats: [first] }) => first?.age)).toEqual([0, 5_000]);
  });

  it("are known no more when the edge says so", async () => {
    await beat();
    edge.unknown = [agentId];
    await heartbeats.tell();
    expect([events, heartbeats.hosts]).toEqual([[`unknown ${agentId}`], 0]);
    edge.status = 404;
    expect(await beat()).toBe(404);
  });

  it("that were silent for long are noticed", async () => {
    await clock.pass(59_000);
    await beat();
    await clock.pass(60_000);
    await beat();
    expect(events).toEqual([`back ${agentId}`]);
  });
});

/** What telling costs: nothing while nobody is there, and the changed resource alone when somebody is. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { pair } from "../../domain/cluster/example-events.spec.ts";
import { cluster_id } from "../../domain/cluster/examples.spec.ts";
import * as d from "../../domain/database/examples.spec.ts";
import type { DomainEvent } from "../../domain/decider.ts";
import { hostRegistered } from "../../domain/host/examples.spec.ts";
import * as s from "../../domain/sap-system/examples.spec.ts";
import type { Nudge } from "../../durable-objects/event-stream/events.ts";
import { topics } from "../../party/messages.ts";
import { RoomClient } from "../../party/room-client.spec.ts";
import { Administrator } from "../../test/api-client.ts";
import { deliver, nudge, stored } from "./deliveries.spec.ts";

interface Cost {
  readonly batches: number;
  /** Statements that only read. */
  readonly reads: number;
}

afterEach(() => {
  vi.restoreAllMocks();
});

function hosts(count: number): Nudge[] {
  const events = stored([hostRegistered()]);
  return Array.from({ length: count }, () => nudge({ type: "host", id: crypto.randomUUID() }, events));
}

/** What a delivery asks of the database. */
async function costOf(nudges: readonly Nudge[]): Promise<Cost> {
  const batch = vi.spyOn(env.DB, "batch");
  const prepare = vi.spyOn(env.DB, "prepare");
  expect(await deliver(...nudges)).toEqual([]);
  const statements = prepare.mock.calls.map(([statement]) => statement);
  const cost = {
    batches: batch.mock.calls.length,
    reads: statements.filter((statement) => /^select/i.test(statement)).length,
  };
  vi.restoreAllMocks();
  return cost;
}

describe("a delivery", () => {
  it("of one stream or of a hundred reads the checkpoints and writes one batch, while nobody is there", async () => {
    expect(await costOf(hosts(1))).toEqual({ batches: 1, reads: 1 });
    expect(await costOf(hosts(100))).toEqual({ batches: 1, reads: 1 });
  });

  it("keeps nothing in a room in which nobody is", async () => {
    await deliver(...hosts(3));
    const kept = await runInDurableObject(env.MONITORING_ROOM.getByName("hosts"), (_, { storage }) => [
      ...storage.sql.exec("SELECT * FROM log").toArray(),
      ...storage.sql.exec("SELECT * FROM epoch").toArray(),
    ]);
    expect(kept).toEqual([]);
  });

  it("is told with as many statements for one resource as for a hundred", async () => {
    const token = (await Administrator.signIn()).token;
    const room = await RoomClient.enter("hosts", token);
    const one = await costOf(hosts(1));
    const many = hosts(100);
    expect(await costOf(many)).toEqual(one);
    expect(one.batches).toBe(2);
    const ids = many.map(({ stream }) => stream.id);
    await expect.poll(() => ids.every((id) => room.changesOf(id).length === 1)).toBe(true);
    room.leave();
  });

  it("of other resources asks nothing for those who are in the room of hosts", async () => {
    const token = (await Administrator.signIn()).token;
    const room = await RoomClient.enter("hosts", token);
    const stream = { type: "database", id: crypto.randomUUID() };
    expect(await costOf([nudge(stream, stored(d.single))])).toEqual({ batches: 1, reads: 1 });
    room.leave();
  });

  it("asks for no more parameters in any statement than the platform has", async () => {
    const token = (await Administrator.signIn()).token;
    const rooms = await Promise.all(topics.map((topic) => RoomClient.enter(topic, token)));
    const prepare = vi.spyOn(env.DB, "prepare");
    const others: [string, string, readonly DomainEvent[]][] = [
      ["database", d.database_id, d.replicated],
      ["sap_system", s.sap_system_id, s.complete],
      ["cluster", cluster_id, pair],
    ];
    const nudges = others.map(([type, id, events]) => nudge({ type, id }, stored(events)));
    expect(await deliver(...nudges, ...hosts(97))).toEqual([]);
    const parameters = prepare.mock.calls.map(([statement]) => statement.split("?").length - 1);
    expect(Math.max(...parameters)).toBeLessThanOrEqual(100);
    for (const room of rooms) room.leave();
  });
});

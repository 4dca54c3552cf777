/** Tables of a whole landscape: whatever the order in which the streams come, once or twice, they are the same. */
import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Nudge } from "../../durable-objects/event-stream/events.ts";
import {
  applicationPayload,
  applicationServer,
  clusterPayload,
  databasePayload,
  messageServer,
  TestAgent,
} from "../../test/agents.ts";
import { eventsOf, newPlace, quiet, send } from "../../test/landscape.ts";
import { project } from "./index.ts";

type Stream = Nudge["stream"] & { type: "host" | "cluster" | "database" | "sap_system" };

/** The tables, and the column that tells whose rows they are. */
const tables = {
  hosts: "id",
  sles_subscriptions: "host_id",
  clusters: "id",
  cluster_hosts: "cluster_id",
  databases: "id",
  database_instances: "database_id",
  sap_systems: "id",
  application_instances: "sap_system_id",
};

/** A landscape in which everything happened that changes a row in another way: absent, back, moved, gone and restored. */
async function eventful() {
  const place = newPlace();
  const [one, other] = [await new TestAgent().register(place.address), await new TestAgent().register()];
  const cluster = clusterPayload(place.label, { movable: ["NWP_ASCS00_virtual"] });
  for (const agent of [one, other]) await agent.collect("ha_cluster_discovery", cluster);
  const database = databasePayload(place.label, [place.tenant]);
  const application = (...instances: ReturnType<typeof messageServer>[]) =>
    applicationPayload(place.address, place.tenant, instances);
  await one.collect("sap_system_discovery", database);
  await other.collect("sap_system_discovery", application(messageServer(), applicationServer("GREEN", "03")));
  await quiet(place, one.id, other.id);
  await other.collect("sap_system_discovery", application(applicationServer("RED", "03")));
  await one.collect("sap_system_discovery", [...database, ...application(messageServer())]);
  await other.collect("sap_system_discovery", []);
  await send({
    type: "DeregisterApplicationInstance",
    data: {
      sap_system_id: place.systemId,
      host_id: other.id,
      instance_number: "03",
      deregistered_at: "2026-11-25T00:00:00.000Z",
    },
  });
  await quiet(place, one.id, other.id);
  await other.collect("sap_system_discovery", application(applicationServer("YELLOW", "03")));
  await quiet(place, one.id, other.id);
  const streams: Stream[] = [
    { type: "host", id: one.id },
    { type: "host", id: other.id },
    { type: "cluster", id: place.clusterId },
    { type: "database", id: place.databaseId },
    { type: "sap_system", id: place.systemId },
  ];
  await expect.poll(() => missing(streams)).toEqual([]);
  return streams;
}

/** Streams that the projector has not come to the end of. */
async function missing(streams: readonly Stream[]): Promise<Stream[]> {
  const found: Stream[] = [];
  for (const stream of streams) {
    const reached = await env.DB.prepare(
      "SELECT version FROM checkpoints WHERE stream = ? AND subscriber = 'projector'",
    )
      .bind(`${stream.type}/${stream.id}`)
      .first<number>("version");
    if (reached !== (await eventsOf(stream.type, stream.id)).length) found.push(stream);
  }
  return found;
}

async function rowsOf(streams: readonly Stream[]): Promise<unknown[]> {
  const ids = JSON.stringify(streams.map(({ id }) => id));
  const found: unknown[] = [];
  for (const [table, column] of Object.entries(tables)) {
    const where = `WHERE ${column} IN (SELECT value FROM json_each(?))`;
    const { results } = await env.DB.prepare(`SELECT * FROM ${table} ${where}`).bind(ids).all();
    found.push([table, results.map((row) => JSON.stringify(row)).sort()]);
  }
  return found;
}

async function empty(streams: readonly Stream[]): Promise<void> {
  const ids = JSON.stringify(streams.map(({ id }) => id));
  const keys = JSON.stringify(streams.map(({ type, id }) => `${type}/${id}`));
  const among = "IN (SELECT value FROM json_each(?))";
  await env.DB.batch([
    ...Object.entries(tables).map(([table, column]) =>
      env.DB.prepare(`DELETE FROM ${table} WHERE ${column} ${among}`).bind(ids),
    ),
    env.DB.prepare(`DELETE FROM checkpoints WHERE subscriber = 'projector' AND stream ${among}`).bind(keys),
  ]);
}

/** A nudge for each event, or one for the whole stream that carries none. */
async function nudgesOf(stream: Stream, oneByOne: boolean): Promise<Nudge[]> {
  const events = await eventsOf(stream.type, stream.id);
  if (!oneByOne) return [{ stream, from: 1, to: events.length, events: null }];
  return events.map((event) => ({ stream, from: event.version, to: event.version, events: [event] }));
}

async function deliver(nudges: readonly Nudge[]): Promise<void> {
  const messages = nudges.map((body, index) => ({
    id: String(index),
    timestamp: new Date(),
    attempts: 1,
    body,
  }));
  await project(createMessageBatch<Nudge>("trento-edge-projector", messages).messages, env);
}

describe("the tables of a landscape", () => {
  it("are the same when they are built anew, in the other order of the streams", async () => {
    const streams = await eventful();
    const before = await rowsOf(streams);
    await empty(streams);
    expect(await rowsOf(streams)).not.toEqual(before);
    for (const stream of streams.toReversed()) await deliver(await nudgesOf(stream, false));
    expect(await rowsOf(streams)).toEqual(before);
  });

  it("are the same when every event comes by itself, in the wrong order and twice", async () => {
    const streams = await eventful();
    const before = await rowsOf(streams);
    await empty(streams);
    const all = (await Promise.all(streams.map((stream) => nudgesOf(stream, true)))).flat();
    await deliver(all.toReversed());
    await deliver(all);
    expect(await rowsOf(streams)).toEqual(before);
    expect(await missing(streams)).toEqual([]);
  });
});

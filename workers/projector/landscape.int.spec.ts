/** Tables of a whole landscape: whatever the order in which the streams come, once or twice, they are the same. */
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
import { checkpointOf, deliver, forget, rowsOf } from "./deliveries.spec.ts";

type Stream = Nudge["stream"] & { type: "host" | "cluster" | "database" | "sap_system" };

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
    const last = (await eventsOf(stream.type, stream.id)).length;
    if ((await checkpointOf(stream)) !== last) found.push(stream);
  }
  return found;
}

const allRows = (streams: readonly Stream[]) => Promise.all(streams.map(rowsOf));

/** A nudge for each event, or one for the whole stream that carries none. */
async function nudgesOf(stream: Stream, oneByOne: boolean): Promise<Nudge[]> {
  const events = await eventsOf(stream.type, stream.id);
  if (!oneByOne) return [{ stream, from: 1, to: events.length, events: null }];
  return events.map((event) => ({ stream, from: event.version, to: event.version, events: [event] }));
}

describe("the tables of a landscape", () => {
  it("are the same when they are built anew, in the other order of the streams", async () => {
    const streams = await eventful();
    const before = await allRows(streams);
    await Promise.all(streams.map(forget));
    expect(await allRows(streams)).not.toEqual(before);
    for (const stream of streams.toReversed()) await deliver(...(await nudgesOf(stream, false)));
    expect(await allRows(streams)).toEqual(before);
  });

  it("are the same when every event comes by itself, in the wrong order and twice", async () => {
    const streams = await eventful();
    const before = await allRows(streams);
    await Promise.all(streams.map(forget));
    const all = (await Promise.all(streams.map((stream) => nudgesOf(stream, true)))).flat();
    await deliver(...all.toReversed());
    await deliver(...all);
    expect(await allRows(streams)).toEqual(before);
    expect(await missing(streams)).toEqual([]);
  });
});

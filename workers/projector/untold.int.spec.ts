/** What became of a change that was committed, and could not be told. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { clusterRegistered, hostAdded, hostRemoved } from "../../domain/cluster/example-events.spec.ts";
import { cluster_id } from "../../domain/cluster/examples.spec.ts";
import type { ClusterEvent } from "../../domain/cluster/index.ts";
import * as d from "../../domain/database/examples.spec.ts";
import { description, host_id, hostDetailsUpdated, hostRegistered } from "../../domain/host/examples.spec.ts";
import * as s from "../../domain/sap-system/examples.spec.ts";
import { ClusterObject } from "../../durable-objects/cluster.ts";
import type { StoredEvent, StreamName } from "../../durable-objects/event-stream/events.ts";
import { hostStub } from "../../durable-objects/streams.ts";
import { MonitoringRoom } from "../../party/monitoring-room.ts";
import { PhoenixClient } from "../../party/phoenix-client.spec.ts";
import { PhoenixSocket } from "../../party/phoenix-socket.ts";
import { RoomClient } from "../../party/room-client.spec.ts";
import { TestAgent } from "../../test/agents.ts";
import { Administrator } from "../../test/api-client.ts";
import { checkpointOf, deliver, deliverAgain, nudge, stored } from "./deliveries.spec.ts";

let token = "";
beforeAll(async () => {
  token = (await Administrator.signIn()).token;
});
beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
  vi.spyOn(console, "warn").mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const unreachable = () => Promise.reject(new Error("cannot be reached"));
const hostEvents = stored([hostRegistered()]);
async function untoldOf({ type, id }: StreamName): Promise<number[]> {
  const { results } = await env.DB.prepare("SELECT version FROM untold WHERE stream = ?")
    .bind(`${type}/${id}`)
    .all<{ version: number }>();
  return results.map(({ version }) => version);
}
const newHost = (): StreamName => ({ type: "host", id: crypto.randomUUID() });

describe("a change that could not be told", () => {
  it("to a room is told there all the same, once", async () => {
    const room = await RoomClient.enter("hosts", token);
    const streams = [newHost(), newHost(), newHost()];
    vi.spyOn(MonitoringRoom.prototype, "publish").mockImplementationOnce(unreachable);
    expect(await deliver(...streams.map((stream) => nudge(stream, hostEvents)))).toEqual([]);
    for (const { id } of streams) {
      await expect.poll(() => room.changesOf(id)).toMatchObject([{ version: 1, resource: { id } }]);
    }
    room.leave();
  });

  it("to a room that stays away comes again, and is not projected again", async () => {
    const room = await RoomClient.enter("hosts", token);
    const stream = newHost();
    vi.spyOn(MonitoringRoom.prototype, "publish").mockImplementation(unreachable);
    expect(await deliver(nudge(stream, hostEvents))).toEqual([0]);
    expect(await checkpointOf(stream)).toBe(1);
    vi.restoreAllMocks();
    expect(await deliver(nudge(stream, hostEvents))).toEqual([]);
    await expect.poll(() => room.latest(stream.id)?.id).toBe(stream.id);
    room.leave();
  });

  it("to a room until its message was given up is told by the stream's alarm, once", async () => {
    const agent = await new TestAgent().register();
    const stream = { type: "host", id: agent.id };
    const host = env.HOST.getByName(agent.id);
    const events = await hostStub(env, agent.id).readEvents(1);
    await expect.poll(() => checkpointOf(stream)).toBe(events.length);
    const alarmOf = () => runInDurableObject(host, (_, { storage }) => storage.getAlarm());
    const ring = async () => {
      await runDurableObjectAlarm(host);
      return alarmOf();
    };
    await expect.poll(ring).toBeNull();
    const room = await RoomClient.enter("hosts", token);
    await room.position();
    const publish = vi.spyOn(MonitoringRoom.prototype, "publish").mockImplementation(unreachable);
    // The last of its attempts: nobody brings it again.
    expect(await deliverAgain(11, nudge(stream, events))).toEqual([0]);
    expect(publish).toHaveBeenCalled();
    expect(await alarmOf()).not.toBeNull();
    publish.mockRestore();
    await runDurableObjectAlarm(host);
    await expect.poll(() => room.latest(agent.id)?.id).toBe(agent.id);
    await expect.poll(() => untoldOf(stream)).toEqual([]);
    expect(room.changesOf(agent.id)).toHaveLength(1);
    room.leave();
  });

  it("is remembered with its rows where its consumer dies before it tells", async () => {
    const stream = newHost();
    await RoomClient.enter("hosts", token);
    const isHeard = vi.spyOn(MonitoringRoom.prototype, "isHeard").mockImplementation(unreachable);
    expect(await deliver(nudge(stream, hostEvents))).toEqual([0]);
    expect(await untoldOf(stream)).toEqual([]);
    expect(await deliverAgain(2, nudge(stream, hostEvents))).toEqual([0]);
    expect(await untoldOf(stream)).toEqual([1]);
    isHeard.mockRestore();
    expect(await deliverAgain(3, nudge(stream, hostEvents))).toEqual([]);
    expect(await untoldOf(stream)).toEqual([]);
  });

  it("stays untold while what came later is told", async () => {
    const stream = newHost();
    const both = stored([hostRegistered(), hostDetailsUpdated({ ...description, hostname: "new" })]);
    vi.spyOn(MonitoringRoom.prototype, "isHeard").mockImplementation(unreachable);
    expect(await deliverAgain(2, nudge(stream, both.slice(0, 1)))).toEqual([0]);
    vi.restoreAllMocks();
    expect(await deliverAgain(2, nudge(stream, both.slice(1)))).toEqual([]);
    expect(await untoldOf(stream)).toEqual([1]);
    expect(await deliver(nudge(stream, both))).toEqual([]);
    expect(await untoldOf(stream)).toEqual([]);
  });

  it("to clients written for Trento keeps nobody else from hearing of it", async () => {
    const [client, room] = [await PhoenixClient.connect(token), await RoomClient.enter("hosts", token)];
    await client.join("monitoring:hosts");
    vi.spyOn(PhoenixSocket.prototype, "publish").mockImplementationOnce(unreachable);
    const stream = newHost();
    expect(await deliver(nudge(stream, hostEvents))).toEqual([]);
    await expect.poll(() => room.latest(stream.id)?.id).toBe(stream.id);
    client.leave();
    room.leave();
  });

  it("of a database is told again to those who watch its systems", async () => {
    await deliver(
      nudge({ type: "database", id: d.database_id }, stored(d.single)),
      nudge({ type: "sap_system", id: s.sap_system_id }, stored(s.complete)),
    );
    const room = await RoomClient.enter("sap_systems", token);
    await room.position();
    vi.spyOn(MonitoringRoom.prototype, "publish").mockImplementationOnce(unreachable);
    const absent = stored([...d.single, d.markedAbsent()]).slice(-1);
    expect(await deliver(nudge({ type: "database", id: d.database_id }, absent))).toEqual([]);
    await expect
      .poll(() => room.latest(s.sap_system_id)?.database_instances)
      .toMatchObject([{ absent_at: d.absent_at }]);
    room.leave();
  });

  it("of a cluster's members is told again to those who watch hosts: who joined, and who left", async () => {
    const events = stored([clusterRegistered(), hostAdded(host_id), hostRemoved(host_id)]);
    // Told again, the events are read from the stream.
    vi.spyOn(ClusterObject.prototype, "readEvents").mockImplementation(
      async (from, to = 3) => events.slice(from - 1, to) as StoredEvent<ClusterEvent>[],
    );
    await deliver(nudge({ type: "host", id: host_id }, hostEvents));
    const room = await RoomClient.enter("hosts", token);
    await room.position();
    for (const [count, of] of [
      [2, cluster_id],
      [3, null],
    ] as const) {
      vi.spyOn(MonitoringRoom.prototype, "publish").mockImplementationOnce(unreachable);
      expect(await deliver(nudge({ type: "cluster", id: cluster_id }, events.slice(0, count)))).toEqual([]);
      await expect.poll(() => room.latest(host_id)?.cluster_id).toBe(of);
    }
    expect(room.changesOf(host_id)).toHaveLength(2);
    room.leave();
  });
});

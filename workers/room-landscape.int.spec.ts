/** What rooms tell of a landscape in which one thing shows another, and to those who were away. */
import { beforeAll, describe, expect, it } from "vitest";
import { RoomClient } from "../party/room-client.spec.ts";
import {
  applicationPayload,
  applicationServer,
  clusterPayload,
  databasePayload,
  messageServer,
  TestAgent,
} from "../test/agents.ts";
import { Administrator } from "../test/api-client.ts";
import { newPlace, quiet, send } from "../test/landscape.ts";

const place = newPlace();
const host = new TestAgent();
const at = "2026-11-25T03:00:00.000Z";
const { databaseId, systemId, clusterId } = place;
const instance = { database_id: databaseId, host_id: host.id, instance_number: "00" };
let administrator: Administrator;

const enter = async () => {
  const { token } = administrator;
  return {
    hosts: await RoomClient.enter("hosts", token),
    clusters: await RoomClient.enter("clusters", token),
    systems: await RoomClient.enter("sap_systems", token),
    databases: await RoomClient.enter("databases", token),
  };
};
let rooms: Awaited<ReturnType<typeof enter>>;

beforeAll(async () => {
  administrator = await Administrator.signIn();
  rooms = await enter();
  await host.register(place.address);
  await host.collect("ha_cluster_discovery", clusterPayload(place.label));
  await host.collect("sap_system_discovery", [
    ...databasePayload(place.label, [place.tenant]),
    ...applicationPayload(place.address, place.tenant, [
      messageServer("GREEN", "02"),
      applicationServer("GREEN", "03"),
    ]),
  ]);
});

describe("a landscape", () => {
  it("is in the end told of as the API has it", async () => {
    await quiet(place, host.id);
    await expect.poll(() => rooms.systems.latest(systemId)?.application_instances.length).toBe(2);
    await expect
      .poll(async () => rooms.systems.latest(systemId))
      .toEqual(await administrator.sapSystem(systemId));
    await expect
      .poll(() => rooms.databases.latest(databaseId))
      .toEqual(await administrator.database(databaseId));
    await expect.poll(() => rooms.clusters.latest(clusterId)).toEqual(await administrator.cluster(clusterId));
    await expect.poll(() => rooms.hosts.latest(host.id)?.cluster_id).toBe(clusterId);
  });

  it("has the selection of checks told of", async () => {
    const select = (path: string) =>
      administrator.call("POST", `/api/v1/${path}/checks`, { json: { checks: ["A", "B"] } });
    expect((await select(`hosts/${host.id}`)).status).toBe(202);
    expect((await select(`clusters/${clusterId}`)).status).toBe(202);
    await expect.poll(() => rooms.hosts.latest(host.id)?.selected_checks).toEqual(["A", "B"]);
    await expect.poll(() => rooms.clusters.latest(clusterId)?.selected_checks).toEqual(["A", "B"]);
  });

  it("has a system told of when an instance of its database changes, and nothing of its own", async () => {
    const before = rooms.systems.changesOf(systemId).at(-1);
    await send({ type: "MarkDatabaseInstanceAbsent", data: { ...instance, absent_at: at } });
    await expect
      .poll(() => rooms.systems.latest(systemId)?.database_instances)
      .toMatchObject([{ ...instance, absent_at: at }]);
    const { version, events } = rooms.systems.changesOf(systemId).at(-1) ?? {};
    expect({ version, events }).toEqual({ version: before?.version, events: ["sap_system_updated"] });
  });
});

describe("somebody who was away", () => {
  it("is told what those who stayed were told, in the same order, and nothing twice", async () => {
    const away = await RoomClient.enter("databases", administrator.token);
    const position = await away.position();
    away.leave();
    await host.collect("sap_system_discovery", databasePayload(place.label, [place.tenant, "NEW"]));
    await expect
      .poll(() => rooms.databases.changesOf(databaseId).at(-1)?.events)
      .toContain("database_tenants_updated");
    const back = await RoomClient.enter("databases", administrator.token, position);
    const told = () => rooms.databases.heard.filter(({ sequence }) => sequence > position.sequence);
    await expect.poll(() => back.heard.slice(1)).toEqual(told());
    expect(back.heard[0]?.type).toBe("welcome");
    back.leave();
  });
});

describe("what is deregistered", () => {
  it("is told of as gone, with all that stood on it", async () => {
    await send({ type: "DeregisterDatabaseInstance", data: { ...instance, deregistered_at: at } });
    await expect.poll(() => rooms.databases.latest(databaseId)).toBeNull();
    await expect.poll(() => rooms.systems.latest(systemId)).toBeNull();
    for (const room of Object.values(rooms)) room.leave();
  });
});

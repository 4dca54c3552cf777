/** The rooms of the four types of resources: from a discovery to what their clients show. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scaleUp } from "../domain/discovery/ha-cluster/examples.spec.ts";
import { type Topic, topics } from "../party/messages.ts";
import { RoomClient } from "../party/room-client.spec.ts";
import { databasePayload } from "../test/agents.ts";
import { Administrator, done, outcome } from "../test/api-client.ts";
import { newPlace } from "../test/landscape.ts";
import { systemAt } from "./edge/examples.spec.ts";

/** The landscape's; what executions tell is specified with them. */
const resources = topics.filter(
  (topic) => topic !== "executions" && topic !== "activity_log" && topic !== "agents",
);

let admin: Administrator;
let rooms: { readonly [T in Topic]: RoomClient<T> };

beforeAll(async () => {
  admin = await Administrator.signIn();
  rooms = {
    hosts: await RoomClient.enter("hosts", admin.token),
    clusters: await RoomClient.enter("clusters", admin.token),
    sap_systems: await RoomClient.enter("sap_systems", admin.token),
    databases: await RoomClient.enter("databases", admin.token),
    executions: await RoomClient.enter("executions", admin.token),
    agents: await RoomClient.enter("agents", admin.token),
    activity_log: await RoomClient.enter("activity_log", admin.token),
  };
});
afterAll(() => {
  for (const topic of topics) rooms[topic].leave();
});

/** A system and its database, whose host is in a cluster. */
async function landscape() {
  const { place, above, below } = await systemAt(admin);
  const { label, clusterId: clusters } = newPlace();
  const clustered = scaleUp({ top: { Id: label } });
  await below.tells("ha_cluster_discovery", clustered);
  await expect.poll(() => admin.cluster(clusters)).toBeDefined();
  await expect.poll(async () => (await admin.host(below.id))?.cluster_id).toBe(clusters);
  const { systemId: sap_systems, databaseId: databases } = place;
  return { place, below, clustered, ids: { hosts: above.id, clusters, sap_systems, databases } };
}

function eventsOf(topic: Topic, id: string): string[] {
  return rooms[topic].changesOf(id).flatMap(({ events }) => events);
}

describe("a room", () => {
  it("shows each resource as its list does, and nothing of others", async () => {
    const { ids } = await landscape();
    await expect.poll(() => rooms.clusters.latest(ids.clusters)).toEqual(await admin.cluster(ids.clusters));
    await expect
      .poll(() => rooms.sap_systems.latest(ids.sap_systems))
      .toEqual(await admin.sapSystem(ids.sap_systems));
    await expect
      .poll(() => rooms.databases.latest(ids.databases))
      .toEqual(await admin.database(ids.databases));
    await expect.poll(async () => rooms.hosts.latest(ids.hosts)).toEqual(await admin.host(ids.hosts));
    for (const topic of resources) {
      for (const other of resources.filter((name) => name !== topic))
        expect(rooms[topic].changesOf(ids[other])).toEqual([]);
    }
  });

  it("tells hosts of the cluster that they are in, and are no longer", async () => {
    const { below, ids } = await landscape();
    const online = { cluster_id: ids.clusters, cluster_host_status: "online" };
    await expect.poll(() => rooms.hosts.latest(below.id)).toMatchObject(online);
    await below.tells("ha_cluster_discovery", null);
    const none = { cluster_id: null, cluster_host_status: null };
    await expect.poll(() => rooms.hosts.latest(below.id)).toMatchObject(none);
  });

  it("tells of systems when their database changes", async () => {
    const { place, below, ids } = await landscape();
    const green = JSON.stringify(databasePayload(place.label, [place.tenant]));
    const red = green.replaceAll("SAPControl-GREEN", "SAPControl-RED");
    await below.tells("sap_system_discovery", JSON.parse(red));
    const database_instances = [expect.objectContaining({ host_id: below.id, status: "red" })];
    await expect
      .poll(() => rooms.databases.latest(ids.databases))
      .toMatchObject({ database_instances, health: "critical" });
    await expect
      .poll(() => rooms.sap_systems.latest(ids.sap_systems))
      .toMatchObject({ database_instances, database_health: "critical", health: "critical" });
  });

  it("tells of the time of a cluster's configuration, which is no event", async () => {
    const { below, clustered, ids } = await landscape();
    const { Crmmon, ...payload } = clustered;
    const written = "Wed Jan 26 15:36:59 2022";
    const Summary = { ...Crmmon.Summary, LastChange: { Time: written } };
    await below.tells("ha_cluster_discovery", { ...payload, Crmmon: { ...Crmmon, Summary } });
    await expect.poll(() => rooms.clusters.latest(ids.clusters)).toMatchObject({ cib_last_written: written });
    expect(eventsOf("clusters", ids.clusters)).toContain("cluster_cib_last_written_updated");
  });

  it("tells of tags, put and removed, and of selected checks", async () => {
    const { ids } = await landscape();
    for (const topic of resources) {
      const path = `/api/v1/${topic}/${ids[topic]}`;
      await admin.call("POST", `${path}/tags`, { json: { value: "prod" } });
      await expect
        .poll(() => rooms[topic].latest(ids[topic]))
        .toMatchObject({ tags: [{ value: "prod", resource_id: ids[topic] }] });
      await admin.call("DELETE", `${path}/tags/prod`);
      await expect.poll(() => rooms[topic].latest(ids[topic])).toMatchObject({ tags: [] });
    }
    for (const topic of ["hosts", "clusters"] as const) {
      await admin.call("POST", `/api/v1/${topic}/${ids[topic]}/checks`, { json: { checks: ["156F64"] } });
      await expect.poll(() => rooms[topic].latest(ids[topic])).toMatchObject({ selected_checks: ["156F64"] });
    }
  });

  it("tells that a host is gone, with its cluster, its database, and the system on that", async () => {
    const { below, ids } = await landscape();
    expect(await outcome(admin.call("DELETE", `/api/v1/hosts/${below.id}`))).toEqual(done);
    await expect.poll(() => rooms.hosts.latest(below.id)).toBeNull();
    await expect.poll(() => rooms.clusters.latest(ids.clusters)).toBeNull();
    await expect.poll(() => rooms.databases.latest(ids.databases)).toBeNull();
    await expect.poll(() => rooms.sap_systems.latest(ids.sap_systems)).toBeNull();
    expect(eventsOf("hosts", below.id)).toContain("host_deregistered");
    expect(eventsOf("clusters", ids.clusters)).toContain("cluster_deregistered");
    expect(eventsOf("databases", ids.databases)).toContain("database_deregistered");
    expect(eventsOf("sap_systems", ids.sap_systems)).toContain("sap_system_deregistered");
  });

  it("of the activity log tells that there is something new, and not what", async () => {
    const heard = () => rooms.activity_log.changesOf("00000000-0000-0000-0000-000000000000");
    const before = heard().length;
    await landscape();
    await expect.poll(() => heard().length).toBeGreaterThan(before);
    const afterEvents = heard().length;
    await admin.call("PUT", "/api/v1/settings/activity_log", {
      json: { retention_time: { value: 1, unit: "month" } },
    });
    await expect.poll(() => heard().length).toBeGreaterThan(afterEvents);
    expect(heard().at(-1)).toMatchObject({ events: ["activity_logged"], resource: null });
  });
});

/** The summary of how SAP systems, and all that they stand on, are. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { scaleUp } from "../../domain/discovery/ha-cluster/examples.spec.ts";
import { applicationPayload, applicationServer, messageServer } from "../../test/agents.ts";
import { Administrator, type ApiAgent } from "../../test/api-client.ts";
import { newPlace, send } from "../../test/landscape.ts";
import { registeredHost, systemAt, time } from "./examples.spec.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

const lose = (agent: ApiAgent) =>
  send({ type: "UpdateHeartbeat", data: { host_id: agent.id, heartbeat: "critical" } });

/** @returns the id of the new cluster */
async function join(agent: ApiAgent, attributes?: Record<string, Record<string, string>>): Promise<string> {
  const { label, clusterId } = newPlace();
  const parts = attributes === undefined ? {} : { attributes };
  await agent.tells("ha_cluster_discovery", scaleUp({ ...parts, top: { Id: label } }));
  return clusterId;
}

/** The secondary does not keep up. */
const failing = {
  one: {
    hana_prd_site: "NBG",
    hana_prd_roles: "4:P:master1:master:worker:master",
    hana_prd_sync_state: "PRIM",
  },
  two: {
    hana_prd_site: "WDF",
    hana_prd_roles: "4:S:master1:master:worker:master",
    hana_prd_sync_state: "SFAIL",
  },
};

describe("GET /api/v1/sap_systems/health", () => {
  it("shows every field, and no other; what has no cluster has none", async () => {
    const { place } = await systemAt(admin);
    const { systemId, databaseId } = place;
    await expect
      .poll(() => admin.healthSummary(systemId))
      .toEqual({
        id: systemId,
        sid: "NWP",
        sapsystem_health: "passing",
        application_health: "passing",
        application_stale_at: null,
        application_cluster_id: null,
        application_cluster_health: "unknown",
        application_cluster_stale_at: null,
        database_id: databaseId,
        database_sid: "PRD",
        database_health: "passing",
        database_stale_at: null,
        database_cluster_id: null,
        database_cluster_health: "unknown",
        database_cluster_stale_at: null,
        // Where SAP runs, saptune should be.
        hosts_health: "warning",
        hosts_stale_at: null,
        hosts_heartbeat: "unknown",
        cluster_id: null,
        clusters_health: "unknown",
        tenant: "PRD",
      });
  });

  it("knows the clusters of both, and says the database's twice", async () => {
    const { place, below, above } = await systemAt(admin);
    const application_cluster_id = await join(above);
    const cluster_id = await join(below, failing);
    await expect
      .poll(() => admin.healthSummary(place.systemId))
      .toMatchObject({
        application_cluster_id,
        application_cluster_health: "passing",
        application_cluster_stale_at: null,
        database_cluster_id: cluster_id,
        database_cluster_health: "critical",
        database_cluster_stale_at: null,
        cluster_id,
        clusters_health: "critical",
      });
    expect((await admin.cluster(cluster_id))?.health).toBe("critical");
  });

  it("no longer knows a cluster that is gone", async () => {
    const { place, below } = await systemAt(admin);
    const clusterId = await join(below);
    const known = async () => (await admin.healthSummary(place.systemId))?.database_cluster_id;
    await expect.poll(known).toBe(clusterId);
    await below.tells("ha_cluster_discovery", null);
    await expect.poll(known).toBeNull();
    expect(await admin.healthSummary(place.systemId)).toMatchObject({
      database_cluster_health: "unknown",
      cluster_id: null,
      clusters_health: "unknown",
    });
  });

  it("knows the cluster that a host has moved to", async () => {
    const { place, below } = await systemAt(admin);
    await join(below);
    const clusterId = await join(below);
    const known = async () => (await admin.healthSummary(place.systemId))?.cluster_id;
    await expect.poll(known).toBe(clusterId);
    // Queues may tell of the two clusters in any order: for a moment the host is in both.
    const between = await join(await registeredHost(admin));
    await expect.poll(() => admin.cluster(between)).toBeDefined();
    await env.DB.prepare("INSERT INTO cluster_hosts VALUES (?, ?, 'online', '2000-01-01T00:00:00.000Z')")
      .bind(between, below.id)
      .run();
    expect(await known()).toBe(clusterId);
    expect((await admin.host(below.id))?.cluster_id).toBe(clusterId);
  });

  it("takes the worst instance for the application's health", async () => {
    const { place, above } = await systemAt(admin);
    for (const [colour, health] of [
      ["YELLOW", "warning"],
      ["RED", "critical"],
      ["GRAY", "unknown"],
      ["GREEN", "passing"],
    ] as const) {
      const instances = [messageServer(), applicationServer(colour)];
      await above.tells("sap_system_discovery", applicationPayload(place.address, place.tenant, instances));
      await expect
        .poll(() => admin.healthSummary(place.systemId))
        .toMatchObject({ application_health: health, sapsystem_health: health, database_health: "passing" });
    }
  });

  it("tells the worst heartbeat of the hosts, and leaves their health to what was found", async () => {
    const { place, below, above } = await systemAt(admin);
    const hear = (agent: ApiAgent) =>
      send({ type: "UpdateHeartbeat", data: { host_id: agent.id, heartbeat: "passing" } });
    const summary = () => admin.healthSummary(place.systemId);
    await hear(below);
    await expect.poll(async () => (await admin.host(below.id))?.heartbeat).toBe("passing");
    expect(await summary()).toMatchObject({ hosts_heartbeat: "unknown" });
    await hear(above);
    await expect.poll(summary).toMatchObject({ hosts_heartbeat: "passing", hosts_health: "warning" });
    await lose(above);
    await expect.poll(summary).toMatchObject({ hosts_heartbeat: "critical", hosts_health: "warning" });
  });

  it("tells the earliest time since when something is stale", async () => {
    const { place, below, above } = await systemAt(admin);
    await join(below);
    await lose(below);
    const summary = () => admin.healthSummary(place.systemId);
    await expect
      .poll(summary)
      .toMatchObject({ database_stale_at: time, database_cluster_stale_at: time, hosts_stale_at: time });
    const first = await summary();
    expect(first?.application_stale_at).toBeNull();
    await lose(above);
    await expect.poll(async () => (await admin.host(above.id))?.stale_at).toEqual(time);
    const lost = (await admin.host(above.id))?.stale_at ?? "";
    expect(lost > (first?.hosts_stale_at ?? lost)).toBe(true);
    await expect.poll(summary).toMatchObject({
      hosts_stale_at: first?.hosts_stale_at,
      database_stale_at: first?.database_stale_at,
      application_stale_at: lost,
    });
  });
});

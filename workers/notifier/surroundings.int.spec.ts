/** What has to do with each other in a landscape: what one trouble causes there is one mail. */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { AlertedResource } from "../../domain/alerts/alert.ts";
import { incidentsOf } from "../../domain/alerts/incidents.ts";
import {
  applicationPayload,
  applicationServer,
  clusterPayload,
  databasePayload,
  messageServer,
  TestAgent,
} from "../../test/agents.ts";
import { newPlace } from "../../test/landscape.ts";
import { reportsOf } from "./reports.ts";
import { surroundingsOf } from "./surroundings.ts";

/** A cluster of two hosts; on one of them runs a database, on the other the system that keeps its data in it. */
async function landscape() {
  const place = newPlace();
  const [below, above] = [await new TestAgent().register(place.address), await new TestAgent().register()];
  for (const agent of [below, above])
    await agent.collect("ha_cluster_discovery", clusterPayload(place.label, { dc: agent === below }));
  await below.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
  const instances = [messageServer(), applicationServer()];
  await above.collect("sap_system_discovery", applicationPayload(place.address, place.tenant, instances));
  const { clusterId: cluster, databaseId: database, systemId: sap_system } = place;
  const around = (resource: AlertedResource, id: string) =>
    surroundingsOf(env.DB, { kind: "health", resource, id });
  await expect.poll(async () => (await around("sap_system", sap_system)).related).toHaveLength(3);
  await expect.poll(async () => (await around("cluster", cluster)).related).toHaveLength(3);
  return { below: below.id, above: above.id, cluster, database, sap_system, around };
}

it("are the cluster of a host and what runs on it, the hosts of all others, and the database of a system", async () => {
  const { below, above, cluster, database, sap_system, around } = await landscape();
  const related = async (resource: AlertedResource, id: string) =>
    new Set((await around(resource, id)).related);
  const keys = {
    below: `host/${below}`,
    above: `host/${above}`,
    cluster: `cluster/${cluster}`,
    database: `database/${database}`,
    system: `sap_system/${sap_system}`,
  };
  expect(await related("host", below)).toEqual(new Set([keys.below, keys.cluster, keys.database]));
  expect(await related("host", above)).toEqual(new Set([keys.above, keys.cluster, keys.system]));
  expect(await related("cluster", cluster)).toEqual(new Set([keys.cluster, keys.below, keys.above]));
  expect(await related("database", database)).toEqual(new Set([keys.database, keys.below, keys.system]));
  expect(await related("sap_system", sap_system)).toEqual(new Set([keys.system, keys.above, keys.database]));
});

it("a lost node with what follows from it is one incident, and another landscape's is another", async () => {
  const events = [await landscape(), await landscape()].flatMap(
    ({ below, cluster, database, sap_system }, index) =>
      (
        [
          ["HeartbeatFailed", { host_id: below }],
          ["ClusterHealthChanged", { cluster_id: cluster, health: "critical" }],
          ["DatabaseHealthChanged", { database_id: database, health: "critical" }],
          ["SapSystemHealthChanged", { sap_system_id: sap_system, health: "critical" }],
        ] as const
      ).map(([type, data]) => ({
        version: 1,
        schemaVersion: 1,
        id: `${index}`,
        type,
        data,
        occurredAt: "2026-11-24T00:00:00.000Z",
        metadata: { correlationId: "c", causationId: null, actor: "system" },
      })),
  );
  const incidents = incidentsOf(await reportsOf(env.DB, events));
  expect(incidents.map((group) => group.map(({ id }) => id))).toEqual([
    ["0", "0", "0", "0"],
    ["1", "1", "1", "1"],
  ]);
});

it("a host is told of with its name, its cluster and what runs on it", async () => {
  const { below, above, cluster, around } = await landscape();
  expect(await around("host", below)).toMatchObject({
    name: "vmhdbprd01",
    cluster: "the cluster",
    instances: ["00 of PRD"],
  });
  expect((await around("host", above)).instances.toSorted()).toEqual(["00 of NWP", "01 of NWP"]);
  expect(await around("cluster", cluster)).toMatchObject({
    name: "the cluster",
    cluster: null,
    instances: [],
  });
  expect((await around("host", crypto.randomUUID())).name).toBeNull();
});

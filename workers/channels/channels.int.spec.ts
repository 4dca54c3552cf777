/** From a discovery to the message on the topic that a client written for Trento has joined. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PhoenixClient } from "../../party/phoenix-client.spec.ts";
import {
  applicationPayload,
  applicationServer,
  clusterPayload,
  databasePayload,
  hostPayload,
  messageServer,
  TestAgent,
} from "../../test/agents.ts";
import { Administrator, type ApiAgent } from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";

const topics = ["hosts", "clusters", "databases", "sap_systems"].map((name) => `monitoring:${name}`);
const place = newPlace();
const host = new TestAgent();
let administrator: Administrator;
let client: PhoenixClient;
let agent: ApiAgent;

beforeAll(async () => {
  administrator = await Administrator.signIn();
  client = await PhoenixClient.connect(administrator.token);
  for (const topic of topics) await client.join(topic);
  agent = await administrator.agent(host.id);
  await host.register(place.address);
  await agent.tells(
    "ha_cluster_discovery",
    clusterPayload(place.label, { written: "Mon Nov  2 10:00:00 2026" }),
  );
  await agent.tells("sap_system_discovery", [
    ...databasePayload(place.label, [place.tenant]),
    ...applicationPayload(place.address, place.tenant, [
      messageServer("GREEN", "02"),
      applicationServer("GREEN", "03"),
    ]),
  ]);
});
afterAll(() => client.leave());

/** Events on a topic, with one field of what came with them. */
const heard = (topic: string) => client.on(`monitoring:${topic}`).map(([event]) => event);

describe("a landscape that reports", () => {
  it("is told of on monitoring:hosts", async () => {
    await expect
      .poll(() => heard("hosts"))
      .toEqual(expect.arrayContaining(["host_registered", "host_health_changed", "host_details_updated"]));
    const told = client.on("monitoring:hosts");
    expect(told).toContainEqual([
      "host_registered",
      expect.objectContaining({ id: host.id, hostname: expect.any(String) }),
    ]);
    expect(told).toContainEqual([
      "host_details_updated",
      { id: host.id, cluster_id: place.clusterId, cluster_host_status: "online" },
    ]);
  });

  it("is told of on monitoring:clusters, with the time of its configuration", async () => {
    await expect
      .poll(() => client.on("monitoring:clusters"))
      .toEqual(
        expect.arrayContaining([
          [
            "cluster_registered",
            expect.objectContaining({ id: place.clusterId, sap_instances: expect.any(Array) }),
          ],
          [
            "cluster_cib_last_written_updated",
            { cluster_id: place.clusterId, cib_last_written: "Mon Nov  2 10:00:00 2026" },
          ],
        ]),
      );
  });

  it("is told of on monitoring:databases", async () => {
    await expect
      .poll(() => client.on("monitoring:databases"))
      .toEqual(
        expect.arrayContaining([
          ["database_registered", expect.objectContaining({ id: place.databaseId })],
          [
            "database_instance_registered",
            expect.objectContaining({ database_id: place.databaseId, host_id: host.id }),
          ],
          ["database_tenants_updated", { database_id: place.databaseId, tenants: [{ name: place.tenant }] }],
        ]),
      );
  });

  it("is told of on monitoring:sap_systems", async () => {
    await expect
      .poll(() => client.on("monitoring:sap_systems"))
      .toEqual(
        expect.arrayContaining([
          ["application_instance_registered", expect.objectContaining({ sap_system_id: place.systemId })],
          [
            "sap_system_registered",
            expect.objectContaining({ id: place.systemId, database_id: place.databaseId }),
          ],
        ]),
      );
  });

  it("is told of when checks are selected", async () => {
    const asked = { json: { checks: ["ABCDEF"] } };
    for (const path of [`clusters/${place.clusterId}`, `hosts/${host.id}`]) {
      const { status } = await administrator.call("POST", `/api/v1/${path}/checks`, asked);
      expect(status).toBe(202);
    }
    await expect
      .poll(() => client.on("monitoring:clusters"))
      .toContainEqual(["cluster_details_updated", { id: place.clusterId, selected_checks: ["ABCDEF"] }]);
    await expect
      .poll(() => client.on("monitoring:hosts"))
      .toContainEqual(["host_details_updated", { id: host.id, selected_checks: ["ABCDEF"] }]);
  });

  it("is told of when a heart beats for the first time", async () => {
    expect((await agent.beat()).status).toBe(204);
    await expect
      .poll(() => client.on("monitoring:hosts"))
      .toContainEqual(["heartbeat_succeded", { id: host.id, hostname: hostPayload.hostname }]);
  });
});

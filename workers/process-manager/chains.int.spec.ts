/** Every chain of reactions ends, also where agents contradict each other. */
import { describe, expect, it } from "vitest";
import {
  applicationPayload,
  applicationServer,
  clusterPayload,
  databasePayload,
  messageServer,
  replication,
  TestAgent,
} from "../../test/agents.ts";
import { eventTypes, newPlace, quiet, send, systemState } from "../../test/landscape.ts";

describe("two hosts of one database that contradict each other about its tenants", () => {
  it("do not answer each other: the primary speaks for it", async () => {
    const place = newPlace();
    const [primary, secondary] = [
      await new TestAgent().register(place.address),
      await new TestAgent().register(place.address),
    ];
    const tellPrimary = (tenants: string[]) =>
      primary.collect("sap_system_discovery", [
        ...databasePayload(place.label, tenants, replication("primary", 1)),
        ...applicationPayload(place.address, place.tenant, [messageServer("GREEN", "02")]),
      ]);
    const tellSecondary = (colour: string) =>
      secondary.collect("sap_system_discovery", [
        ...databasePayload(place.label, ["ELSE"], replication("sync", 2)),
        ...applicationPayload(place.address, place.tenant, [applicationServer(colour, "03")]),
      ]);
    for (const colour of ["GREEN", "YELLOW", "RED"]) {
      await tellPrimary(["ELSE", place.tenant]);
      await tellSecondary(colour);
    }
    await quiet(place, primary.id, secondary.id);
    const types = await eventTypes("sap_system", place.systemId);
    expect(types.filter((type) => type === "SapSystemRegistered")).toHaveLength(1);
    expect(types).not.toContain("SapSystemDeregistered");
    await tellPrimary(["ELSE"]);
    await quiet(place, primary.id, secondary.id);
    expect((await systemState(place.systemId)).deregistered_at).not.toBeNull();
  });
});

describe("two hosts of one cluster that both claim an instance", () => {
  it("move it once for each time that they say so", async () => {
    const place = newPlace();
    const database = await new TestAgent().register(place.address);
    await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    const [one, other] = [await new TestAgent().register(), await new TestAgent().register()];
    const cluster = clusterPayload(place.label, { movable: ["NWP_ASCS00_virtual"] });
    for (const agent of [one, other]) await agent.collect("ha_cluster_discovery", cluster);
    const both = (colour: string) => [messageServer(colour), applicationServer(colour)];
    for (const colour of ["GREEN", "YELLOW", "RED"]) {
      for (const agent of [one, other]) {
        await agent.collect(
          "sap_system_discovery",
          applicationPayload(place.address, place.tenant, both(colour)),
        );
      }
    }
    await quiet(place, one.id, other.id, database.id);
    const types = await eventTypes("sap_system", place.systemId);
    expect(types.filter((type) => type === "ApplicationInstanceMoved")).toHaveLength(5);
  });
});

describe("a database that goes and comes back while everybody reports", () => {
  it("comes to rest", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register(place.address);
    const payload = [
      ...databasePayload(place.label, [place.tenant]),
      ...applicationPayload(place.address, place.tenant, [
        messageServer("GREEN", "02"),
        applicationServer("GREEN", "03"),
      ]),
    ];
    await agent.collect("sap_system_discovery", payload);
    await quiet(place, agent.id);
    const data = { database_id: place.databaseId, host_id: agent.id, instance_number: "00" };
    for (let round = 0; round < 3; round += 1) {
      const deregistered_at = new Date().toISOString();
      await send({ type: "DeregisterDatabaseInstance", data: { ...data, deregistered_at } });
      await agent.collect("sap_system_discovery", payload);
    }
    await quiet(place, agent.id);
    await agent.collect("sap_system_discovery", payload);
    await quiet(place, agent.id);
    expect(await systemState(place.systemId)).toMatchObject({ deregistered_at: null, health: "passing" });
    expect(await agent.reason("sap_system_discovery")).toBeNull();
  });
});

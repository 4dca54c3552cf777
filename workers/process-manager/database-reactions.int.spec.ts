/** What happens to a database reaches the systems that keep their data in it. */
import { describe, expect, it } from "vitest";
import {
  applicationPayload,
  applicationServer,
  databasePayload,
  messageServer,
  replication,
  sapInstance,
  TestAgent,
} from "../../test/agents.ts";
import {
  databaseState,
  eventTypes,
  newPlace,
  quiet,
  send,
  systemState,
  tellAgain,
} from "../../test/landscape.ts";

const at = "2026-11-24T00:00:00.000Z";

async function landscape() {
  const place = newPlace();
  const [below, above] = [await new TestAgent().register(place.address), await new TestAgent().register()];
  const database = (tenants: string[], colour = "GREEN") =>
    databasePayload(place.label, tenants, sapInstance("00", "HDB|HDB_WORKER", colour));
  await below.collect("sap_system_discovery", database([place.tenant]));
  const application = applicationPayload(place.address, place.tenant, [messageServer(), applicationServer()]);
  await above.collect("sap_system_discovery", application);
  const settle = () => quiet(place, below.id, above.id);
  await settle();
  return { place, below, above, database, application, settle };
}

describe("a system whose database", () => {
  it("changes its health takes that over", async () => {
    const { place, below, database, settle } = await landscape();
    for (const [colour, health] of [
      ["RED", "critical"],
      ["YELLOW", "warning"],
      ["GREEN", "passing"],
    ] as const) {
      await below.collect("sap_system_discovery", database([place.tenant], colour));
      await settle();
      expect(await systemState(place.systemId)).toMatchObject({ database_health: health, health });
    }
  });

  it("loses its tenant is deregistered, and restored when the tenant is back", async () => {
    const { place, below, above, database, settle } = await landscape();
    await below.collect("sap_system_discovery", database(["ELSE"]));
    await settle();
    expect((await systemState(place.systemId)).deregistered_at).not.toBeNull();
    expect(await above.reason("sap_system_discovery")).toContain(`tenant ${place.tenant}`);
    await below.collect("sap_system_discovery", database(["ELSE", place.tenant]));
    await settle();
    expect((await systemState(place.systemId)).deregistered_at).toBeNull();
    expect(await above.reason("sap_system_discovery")).toBeNull();
  });

  it("is deregistered goes with it, and is restored with it although its own agents are silent", async () => {
    const { place, below, above, database, settle } = await landscape();
    await send({ type: "UpdateHeartbeat", data: { host_id: above.id, heartbeat: "critical" } });
    await settle();
    const data = { database_id: place.databaseId, host_id: below.id, instance_number: "00" };
    await send({ type: "DeregisterDatabaseInstance", data: { ...data, deregistered_at: at } });
    await settle();
    expect((await systemState(place.systemId)).deregistered_at).toBe(at);
    await below.collect("sap_system_discovery", database([place.tenant], "YELLOW"));
    await settle();
    expect(await systemState(place.systemId)).toMatchObject({
      deregistered_at: null,
      database_health: "warning",
      database_stale_at: null,
    });
  });

  it("is taken over by its secondary is deregistered with the primary, and restored at the new place", async () => {
    const place = newPlace();
    const [first, second, above] = [
      await new TestAgent().register(place.address),
      await new TestAgent().register(),
      await new TestAgent().register(),
    ];
    const settle = () => quiet(place, first.id, second.id, above.id);
    const tell = (agent: TestAgent, mode: "primary" | "sync", site: 1 | 2) =>
      agent.collect(
        "sap_system_discovery",
        databasePayload(place.label, [place.tenant], replication(mode, site)),
      );
    await tell(first, "primary", 1);
    await tell(second, "sync", 2);
    const application = applicationPayload(place.address, place.tenant, [
      messageServer(),
      applicationServer(),
    ]);
    await above.collect("sap_system_discovery", application);
    await settle();
    await send({ type: "RequestHostDeregistration", data: { host_id: first.id, requested_at: at } });
    await expect.poll(async () => (await systemState(place.systemId)).deregistered_at).toBe(at);
    await settle();
    // Without its primary it is gone, but what is left of it is reported, and waits.
    expect(await second.reason("sap_system_discovery")).toContain("the primary of database");
    expect((await second.hostState()).health).toBe("passing");
    await second.register(place.address);
    await tell(second, "primary", 2);
    await settle();
    expect(await databaseState(place.databaseId)).toMatchObject({ deregistered_at: null });
    expect((await systemState(place.systemId)).deregistered_at).toBeNull();
    expect(await above.reason("sap_system_discovery")).toBeNull();
    expect((await second.hostState()).health).toBe("warning");
  });
});

describe("reactions that are repeated", () => {
  it("change nothing, of all events of all streams, one after the other and at once", async () => {
    const { place, below, above, database, settle } = await landscape();
    await below.collect("sap_system_discovery", database([place.tenant], "RED"));
    await send({ type: "UpdateHeartbeat", data: { host_id: below.id, heartbeat: "critical" } });
    await settle();
    await below.collect("sap_system_discovery", database(["ELSE"]));
    await settle();
    await below.collect("sap_system_discovery", database([place.tenant]));
    await settle();
    const everything = async () => ({
      system: await eventTypes("sap_system", place.systemId),
      database: await eventTypes("database", place.databaseId),
      hosts: [await below.events(), await above.events()],
    });
    const before = await everything();
    await tellAgain("database", place.databaseId);
    await tellAgain("sap_system", place.systemId);
    await tellAgain("host", below.id);
    await Promise.all([
      tellAgain("sap_system", place.systemId),
      tellAgain("database", place.databaseId),
      tellAgain("sap_system", place.systemId),
    ]);
    await settle();
    expect(await everything()).toEqual(before);
  });
});

describe("a system that is registered while its database changes", () => {
  it("knows in the end how the database is", async () => {
    for (let round = 0; round < 8; round += 1) {
      const place = newPlace();
      const [below, above] = [await new TestAgent().register(place.address), new TestAgent()];
      const tell = (colour: string) =>
        below.collect(
          "sap_system_discovery",
          databasePayload(place.label, [place.tenant], sapInstance("00", "HDB|HDB_WORKER", colour)),
        );
      await tell("GREEN");
      const application = applicationPayload(place.address, place.tenant, [
        messageServer(),
        applicationServer(),
      ]);
      const colours = ["RED", "YELLOW", "GREEN", "RED"].slice(0, 1 + (round % 4));
      const changing = (async () => {
        for (const colour of colours) await tell(colour);
      })();
      await Promise.all([above.collect("sap_system_discovery", application), changing]);
      await expect.poll(async () => (await systemState(place.systemId)).sid).toBe("NWP");
      await quiet(place, below.id);
      const { health } = await databaseState(place.databaseId);
      expect((await systemState(place.systemId)).database_health).toBe(health);
    }
  });
});

/** Saptune's status is judged anew whenever SAP appears on a host or goes. */
import { describe, expect, it } from "vitest";
import {
  applicationPayload,
  applicationServer,
  databasePayload,
  messageServer,
  saptunePayload,
  TestAgent,
} from "../../test/agents.ts";
import { eventTypes, newPlace, quiet, send } from "../../test/landscape.ts";

const at = "2026-11-24T00:00:00.000Z";

async function landscape() {
  const place = newPlace();
  const [database, central, dialog] = [
    await new TestAgent().register(place.address),
    await new TestAgent().register(),
    await new TestAgent().register(),
  ];
  for (const agent of [database, central, dialog]) {
    await agent.collect("saptune_discovery", saptunePayload);
    expect((await agent.hostState()).health).toBe("passing");
  }
  await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
  const of = (instance: ReturnType<typeof messageServer>) =>
    applicationPayload(place.address, place.tenant, [instance]);
  await central.collect("sap_system_discovery", of(messageServer()));
  await dialog.collect("sap_system_discovery", of(applicationServer()));
  const all = [database.id, central.id, dialog.id];
  await quiet(place, ...all);
  return { place, database, central, dialog, of, all };
}

const healthOf = async (...agents: TestAgent[]) =>
  Promise.all(agents.map(async (agent) => (await agent.hostState()).health));

describe("the tuning of a host", () => {
  it("matters once an instance of a database or of an application runs on it", async () => {
    const { database, central, dialog } = await landscape();
    expect(await healthOf(database, central, dialog)).toEqual(["warning", "warning", "warning"]);
  });

  it("matters no more when its last instance is removed", async () => {
    const { place, database, central, dialog, all } = await landscape();
    const data = { sap_system_id: place.systemId, host_id: dialog.id, instance_number: "01" };
    await dialog.collect("sap_system_discovery", []);
    await send({ type: "DeregisterApplicationInstance", data: { ...data, deregistered_at: at } });
    await expect.poll(() => healthOf(dialog)).toEqual(["passing"]);
    await quiet(place, ...all);
    // Without its last application server it is no system any more: none of its instances counts.
    expect(await eventTypes("sap_system", place.systemId)).toContain("SapSystemDeregistered");
    expect(await healthOf(database, central, dialog)).toEqual(["warning", "passing", "passing"]);
  });

  it("matters again when the system is back", async () => {
    const { place, central, dialog, of, all } = await landscape();
    await send({
      type: "DeregisterSapSystem",
      data: { sap_system_id: place.systemId, deregistered_at: at },
    });
    await quiet(place, ...all);
    // Its agents still report it, and its database is there: it is back at once.
    expect(await eventTypes("sap_system", place.systemId)).toContain("SapSystemRestored");
    expect(await healthOf(central, dialog)).toEqual(["warning", "warning"]);
    await dialog.collect("sap_system_discovery", of(applicationServer("YELLOW")));
    expect(await healthOf(central, dialog)).toEqual(["warning", "warning"]);
  });

  it("matters no more for anybody when the database goes, and again when it is back", async () => {
    const { place, database, central, dialog, all } = await landscape();
    await send({ type: "RequestHostDeregistration", data: { host_id: database.id, requested_at: at } });
    await expect.poll(() => healthOf(central, dialog)).toEqual(["passing", "passing"]);
    await quiet(place, ...all);
    expect(await healthOf(central, dialog)).toEqual(["passing", "passing"]);
    await database.register(place.address);
    await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    await expect.poll(() => healthOf(central, dialog)).toEqual(["warning", "warning"]);
  });

  it("is told of a host without saptune when it registers, in either order", async () => {
    const place = newPlace();
    const [before, after] = [new TestAgent(), new TestAgent()];
    await before.register(place.address);
    await before.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    await after.collect("sap_system_discovery", databasePayload(`${place.label}/2`, [place.tenant]));
    await after.register();
    expect(await healthOf(before, after)).toEqual(["warning", "warning"]);
  });
});

/** Instances that a cluster moves from host to host (rule 6 of SAP systems). */
import { describe, expect, it } from "vitest";
import {
  applicationPayload,
  applicationServer,
  clusterPayload,
  databasePayload,
  messageServer,
  TestAgent,
} from "../../test/agents.ts";
import { eventTypes, newPlace, quiet, send, systemState } from "../../test/landscape.ts";

async function clusteredSystem() {
  const place = newPlace();
  const database = await new TestAgent().register(place.address);
  await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
  const [one, other] = [await new TestAgent().register(), await new TestAgent().register()];
  const cluster = clusterPayload(place.label, { movable: ["NWP_ASCS00_virtual"] });
  for (const agent of [one, other]) await agent.collect("ha_cluster_discovery", cluster);
  const of = (...instances: ReturnType<typeof messageServer>[]) =>
    applicationPayload(place.address, place.tenant, instances);
  const all = [database.id, one.id, other.id];
  await one.collect("sap_system_discovery", of(messageServer()));
  await other.collect("sap_system_discovery", of(applicationServer()));
  await quiet(place, ...all);
  return { place, one, other, of, all };
}

const whereabouts = async (systemId: string) =>
  (await systemState(systemId)).instances
    .map(({ instance_number, host_id, absent_at }) => [instance_number, host_id, absent_at])
    .sort();

describe("an instance that a cluster moves", () => {
  it("is on its new host, whichever of the two hosts tells first, and absent nowhere", async () => {
    for (const order of ["old first", "new first"]) {
      const { place, one, other, of, all } = await clusteredSystem();
      const tell = [
        () => one.collect("sap_system_discovery", []),
        () => other.collect("sap_system_discovery", of(messageServer(), applicationServer())),
      ];
      for (const say of order === "old first" ? tell : tell.reverse()) await say();
      await quiet(place, ...all);
      expect(await whereabouts(place.systemId)).toEqual([
        ["00", other.id, null],
        ["01", other.id, null],
      ]);
      expect(await eventTypes("sap_system", place.systemId)).toContain("ApplicationInstanceMoved");
      // The old host has nothing any more that could be absent.
      await one.object.forget();
      await one.collect("sap_system_discovery", []);
      expect(await whereabouts(place.systemId)).toHaveLength(2);
      expect((await one.hostState()).health).toBe("passing");
    }
  });

  it("is not claimed back by what its old host said before", async () => {
    const { place, one, other, of, all } = await clusteredSystem();
    await other.collect("sap_system_discovery", of(messageServer(), applicationServer()));
    await quiet(place, ...all);
    await one.object.hearAgain("application", "c");
    await quiet(place, ...all);
    expect(await whereabouts(place.systemId)).toEqual([
      ["00", other.id, null],
      ["01", other.id, null],
    ]);
    // What it says now is another matter.
    await one.collect("sap_system_discovery", of(messageServer("YELLOW")));
    expect(await whereabouts(place.systemId)).toContainEqual(["00", one.id, null]);
  });

  it("and comes back is spoken for by its host again", async () => {
    const { place, one, other, of, all } = await clusteredSystem();
    await other.collect("sap_system_discovery", of(messageServer(), applicationServer()));
    await quiet(place, ...all);
    await one.collect("sap_system_discovery", of(messageServer("YELLOW")));
    await quiet(place, ...all);
    const stale_at = "2026-11-24T00:00:00.000Z";
    await send({
      type: "MarkApplicationInstanceDataStale",
      data: { sap_system_id: place.systemId, host_id: one.id, instance_number: "00", stale_at },
    });
    expect((await systemState(place.systemId)).stale_at).toBe(stale_at);
    await one.object.hearAgain("application", "c");
    expect((await systemState(place.systemId)).stale_at).toBeNull();
  });

  it("moves too when only its new host knows of the cluster", async () => {
    const place = newPlace();
    const database = await new TestAgent().register(place.address);
    await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    const [one, other] = [await new TestAgent().register(), await new TestAgent().register()];
    const said = applicationPayload(place.address, place.tenant, [messageServer(), applicationServer()]);
    await one.collect("sap_system_discovery", said);
    await quiet(place, database.id, one.id);
    const cluster = clusterPayload(place.label, { movable: ["NWP_ASCS00_virtual", "NWP_D01_virtual"] });
    await other.collect("ha_cluster_discovery", cluster);
    await other.collect("sap_system_discovery", said);
    await quiet(place, database.id, one.id, other.id);
    expect(await whereabouts(place.systemId)).toEqual([
      ["00", other.id, null],
      ["01", other.id, null],
    ]);
  });

  it("goes with the deregistration of the host that it is on, not of the one that it was on", async () => {
    const { place, one, other, of, all } = await clusteredSystem();
    await one.collect("sap_system_discovery", []);
    await other.collect("sap_system_discovery", of(messageServer(), applicationServer()));
    await quiet(place, ...all);
    const requested_at = "2026-11-24T00:00:00.000Z";
    await send({ type: "RequestHostDeregistration", data: { host_id: one.id, requested_at } });
    await quiet(place, ...all);
    expect(await whereabouts(place.systemId)).toHaveLength(2);
    await send({ type: "RequestHostDeregistration", data: { host_id: other.id, requested_at } });
    await expect.poll(() => whereabouts(place.systemId)).toEqual([]);
  });
});

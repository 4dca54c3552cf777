/** What an agent no longer tells of: marked absent, and present again when it is back. */
import { describe, expect, it } from "vitest";
import {
  applicationPayload,
  applicationServer,
  databasePayload,
  messageServer,
  type sapInstance,
  TestAgent,
} from "../../test/agents.ts";
import { databaseState, eventTypes, newPlace, quiet, systemState } from "../../test/landscape.ts";

/** A host that runs a database, a message server and an application server. */
async function wholeLandscape() {
  const place = newPlace();
  const agent = await new TestAgent().register(place.address);
  const database = databasePayload(place.label, [place.tenant]);
  const of = (...instances: ReturnType<typeof sapInstance>[]) =>
    applicationPayload(place.address, place.tenant, instances);
  const payload = [...database, ...of(messageServer("GREEN", "02"), applicationServer("GREEN", "03"))];
  await agent.collect("sap_system_discovery", payload);
  await quiet(place, agent.id);
  return { place, agent, database, of, payload };
}

const absentIn = (state: { instances: readonly { instance_number: string; absent_at: string | null }[] }) =>
  state.instances.filter(({ absent_at }) => absent_at !== null).map(({ instance_number }) => instance_number);

describe("instances that an agent no longer tells of", () => {
  it("are absent, before others are registered", async () => {
    const { place, agent, database, of } = await wholeLandscape();
    await agent.collect("sap_system_discovery", [
      ...database,
      ...of(messageServer("GREEN", "02"), applicationServer("GREEN", "04")),
    ]);
    expect(absentIn(await systemState(place.systemId))).toEqual(["03"]);
    const last = (await eventTypes("sap_system", place.systemId)).slice(-2);
    expect(last).toEqual(["ApplicationInstanceMarkedAbsent", "ApplicationInstanceRegistered"]);
    expect(absentIn(await databaseState(place.databaseId))).toEqual([]);
  });

  it("are all absent when it tells of none, and present when they are back", async () => {
    const { place, agent, payload } = await wholeLandscape();
    expect(await agent.collect("sap_system_discovery", [])).toMatchObject({ status: "accepted" });
    expect(absentIn(await systemState(place.systemId))).toEqual(["02", "03"]);
    expect(absentIn(await databaseState(place.databaseId))).toEqual(["00"]);
    await agent.collect("sap_system_discovery", payload);
    expect(absentIn(await systemState(place.systemId))).toEqual([]);
    expect(absentIn(await databaseState(place.databaseId))).toEqual([]);
  });

  it("are absent since they were missed first", async () => {
    const { place, agent } = await wholeLandscape();
    await agent.collect("sap_system_discovery", []);
    const before = await systemState(place.systemId);
    await agent.object.forget();
    await agent.collect("sap_system_discovery", []);
    expect(await systemState(place.systemId)).toEqual(before);
  });

  it("still count as running: they may be back any time", async () => {
    const { agent } = await wholeLandscape();
    await agent.collect("sap_system_discovery", []);
    expect((await agent.hostState()).health).toBe("warning");
  });
});

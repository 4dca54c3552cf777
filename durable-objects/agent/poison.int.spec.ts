/** A discovery that cannot be applied, or only in part: its reason is kept, the rest is applied, and the next goes on. */
import { afterEach, describe, expect, it } from "vitest";
import {
  applicationPayload,
  applicationServer,
  databasePayload,
  hostPayload,
  messageServer,
  TestAgent,
} from "../../test/agents.ts";
import { breakDown, databaseState, mend, newPlace, quiet, systemState } from "../../test/landscape.ts";

afterEach(mend);

function payloadOf({ label, address, tenant }: ReturnType<typeof newPlace>) {
  return [
    ...databasePayload(label, [tenant]),
    ...applicationPayload(address, tenant, [messageServer("GREEN", "02"), applicationServer("GREEN", "03")]),
  ];
}

describe("a discovery one of whose commands fails", () => {
  it("says why, is applied for the rest, and in full when it comes again", async () => {
    const [broken, sound] = [newPlace(), newPlace()];
    const agent = await new TestAgent().register(sound.address);
    const payload = [...databasePayload(broken.label, ["A"]), ...payloadOf(sound)];
    breakDown("database", broken.databaseId, "throws");
    const outcome = await agent.collect("sap_system_discovery", payload);
    expect(outcome).toEqual({ status: "delayed", reasons: ["Error: database is broken"] });
    expect(await agent.reason("sap_system_discovery")).toContain("database is broken");
    await quiet(sound, agent.id);
    expect((await systemState(sound.systemId)).sid).toBe("NWP");
    // What else is heard of it meanwhile does not hide that.
    expect(await agent.reason("sap_system_discovery")).toContain("database is broken");
    expect(await agent.holds("sap_system_discovery", payload)).toBe(false);
    mend();
    expect(await agent.collect("sap_system_discovery", payload)).toMatchObject({ status: "accepted" });
    expect((await databaseState(broken.databaseId)).instances).toHaveLength(1);
    expect(await agent.reason("sap_system_discovery")).toBeNull();
  });
});

describe("a poisonous discovery", () => {
  it("does not hold up the agent's next, nor the one that it follows", async () => {
    const place = newPlace();
    const agent = new TestAgent();
    const outcomes = await Promise.all([
      agent.collect("sap_system_discovery", payloadOf(place)),
      agent.collect("sap_system_discovery", [{ Id: "x", SID: "PRD", Type: 1, Instances: "none" }]),
      agent.collect("ha_cluster_discovery", { Id: 7 }),
      agent.collect("host_discovery", { ...hostPayload, ip_addresses: [place.address] }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["parked", "invalid", "invalid", "accepted"]);
    await expect.poll(async () => (await systemState(place.systemId)).sid).toBe("NWP");
    await quiet(place, agent.id);
    expect((await agent.object.discoveries()).failures).toHaveLength(2);
  });

  it("does not hold up others that wait for the same", async () => {
    const place = newPlace();
    const [poisoned, other] = [new TestAgent(), new TestAgent()];
    const waiting = applicationPayload(place.address, place.tenant, [messageServer(), applicationServer()]);
    for (const agent of [poisoned, other]) await agent.collect("sap_system_discovery", waiting);
    await poisoned.break();
    const database = await new TestAgent().register(place.address);
    await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    await expect.poll(async () => (await systemState(place.systemId)).sid).toBe("NWP");
  });
});

/** Discoveries that wait for something else: taken, shown with what they wait for, and applied when it comes. */
import { beforeAll, describe, expect, it } from "vitest";
import { databasePayload, hostAt, replication } from "../../test/agents.ts";
import { Administrator, type ApiAgent, call, outcome, unauthorized } from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";
import { payloadsOf, registeredHost } from "./examples.spec.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

const taken = ["accepted", null];
const parked = (reason: string) => ["parked", expect.stringContaining(reason)];
const stateOf = async (agent: ApiAgent) => (await admin.states(agent.id)).sap_system_discovery;

describe("an application before its database", () => {
  it("waits for the tenant at its address", async () => {
    const place = newPlace();
    const [above, below] = [await registeredHost(admin), await registeredHost(admin, place.address)];
    const { database, application } = payloadsOf(place);
    await above.tells("sap_system_discovery", application);
    const reason = `a database with tenant ${place.tenant} at ${place.address}`;
    expect(await stateOf(above)).toEqual(parked(reason));
    // Told once more it waits still: there is no failure in this.
    await above.tells("sap_system_discovery", application);
    expect(await stateOf(above)).toEqual(parked(reason));
    expect((await admin.discoveries(above.id)).failures).toEqual([]);
    expect(await admin.sapSystem(place.systemId)).toBeUndefined();
    await below.tells("sap_system_discovery", database);
    await expect.poll(() => admin.sapSystem(place.systemId)).toMatchObject({ sid: "NWP", health: "passing" });
    await expect.poll(() => stateOf(above)).toEqual(taken);
  });

  it("waits also while the database's host is not known", async () => {
    const place = newPlace();
    const [above, below] = [await admin.agent(), await admin.agent()];
    const { database, application } = payloadsOf(place);
    await below.tells("sap_system_discovery", database);
    await above.tells("sap_system_discovery", application);
    expect(await stateOf(below)).toEqual(taken);
    expect(await stateOf(above)).toEqual(parked(place.tenant));
    await below.tells("host_discovery", hostAt(place.address));
    await expect.poll(() => admin.sapSystem(place.systemId)).toBeDefined();
    await expect.poll(() => stateOf(above)).toEqual(taken);
  });
});

describe("a secondary before its primary", () => {
  it("waits for it", async () => {
    const { label, tenant, databaseId } = newPlace();
    const [primary, secondary] = [await registeredHost(admin), await registeredHost(admin)];
    const payload = (role: "primary" | "sync", site: 1 | 2) =>
      databasePayload(label, [tenant], replication(role, site));
    await secondary.tells("sap_system_discovery", payload("sync", 2));
    expect(await stateOf(secondary)).toEqual(parked(`the primary of database ${databaseId}`));
    expect(await admin.database(databaseId)).toBeUndefined();
    await primary.tells("sap_system_discovery", payload("primary", 1));
    await expect
      .poll(async () => (await admin.database(databaseId))?.database_instances.map(({ host_id }) => host_id))
      .toEqual([primary.id, secondary.id].toSorted());
    await expect.poll(() => stateOf(secondary)).toEqual(taken);
  });
});

it("what waits is shown to users alone", async () => {
  const agent = await admin.agent();
  const path = `/api/v1/agents/${agent.id}/discoveries`;
  expect(await outcome(call("GET", path))).toEqual(unauthorized);
  expect(await outcome(agent.call("GET", path))).toEqual(unauthorized);
});

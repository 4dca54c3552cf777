/** Discoveries that come before what they need: kept, and applied when it comes. */
import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sapSystemIdOf } from "../../domain/discovery/ids.ts";
import {
  applicationPayload,
  applicationServer,
  cloudPayload,
  databasePayload,
  hostAt,
  hostPayload,
  messageServer,
  replication,
  saptunePayload,
  subscriptionPayload,
  TestAgent,
} from "../../test/agents.ts";
import {
  databaseState,
  eventTypes,
  newAddress,
  newPlace,
  quiet,
  send,
  systemState,
} from "../../test/landscape.ts";
import { HostObject } from "../host.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const instances = [messageServer(), applicationServer()];

describe("an application before its database", () => {
  it("is parked, says what it waits for, and is applied when the database is announced", async () => {
    const place = newPlace();
    const [application, database] = [await new TestAgent().register(), new TestAgent()];
    const payload = applicationPayload(place.address, place.tenant, instances);
    const waitsFor = `a database with tenant ${place.tenant} at ${place.address}`;
    expect(await application.collect("sap_system_discovery", payload)).toEqual({
      status: "parked",
      waitsFor: [waitsFor],
    });
    expect(await application.reason("sap_system_discovery")).toContain(waitsFor);
    await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    expect(await application.states()).toMatchObject({ sap_system_discovery: "parked" });
    await database.register(place.address);
    await expect.poll(() => eventTypes("sap_system", place.systemId)).toContain("SapSystemRegistered");
    expect(await systemState(place.systemId)).toMatchObject({
      sid: "NWP",
      database: { database_id: place.databaseId, tenant: place.tenant, db_host: place.address },
      database_health: "passing",
      health: "passing",
    });
    await quiet(place, application.id, database.id);
    expect(await application.reason("sap_system_discovery")).toBeNull();
    expect(await application.collect("sap_system_discovery", payload)).toEqual({
      status: "accepted",
      cib: null,
    });
    expect(await application.holds("sap_system_discovery", payload)).toBe(true);
  });

  it("survives an eviction while it waits", async () => {
    const place = newPlace();
    const application = await new TestAgent().register();
    await application.collect(
      "sap_system_discovery",
      applicationPayload(place.address, place.tenant, instances),
    );
    await evictDurableObject(application.object);
    const database = await new TestAgent().register(place.address);
    await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    await expect.poll(() => eventTypes("sap_system", place.systemId)).toContain("SapSystemRegistered");
  });

  it("is found on the same host, although both come in one discovery", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register(place.address);
    const payload = [
      ...applicationPayload(place.address, place.tenant, [applicationServer(), messageServer("GREEN", "02")]),
      ...databasePayload(place.label, [place.tenant]),
    ];
    await agent.collect("sap_system_discovery", payload);
    await expect.poll(() => eventTypes("sap_system", place.systemId)).toContain("SapSystemRegistered");
    await quiet(place, agent.id);
    expect(await agent.reason("sap_system_discovery")).toBeNull();
  });

  it("is applied when the tenant is added later", async () => {
    const place = newPlace();
    const [application, database] = [new TestAgent(), await new TestAgent().register(place.address)];
    await database.collect("sap_system_discovery", databasePayload(place.label, ["OTHER"]));
    const payload = applicationPayload(place.address, place.tenant, instances);
    expect(await application.collect("sap_system_discovery", payload)).toMatchObject({ status: "parked" });
    await database.collect("sap_system_discovery", databasePayload(place.label, ["OTHER", place.tenant]));
    await expect.poll(() => eventTypes("sap_system", place.systemId)).toContain("SapSystemRegistered");
  });

  it("is applied when the database's host is reached at the address later", async () => {
    const place = newPlace();
    const [application, database] = [new TestAgent(), await new TestAgent().register(newAddress())];
    await database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    const payload = applicationPayload(place.address, place.tenant, instances);
    expect(await application.collect("sap_system_discovery", payload)).toMatchObject({ status: "parked" });
    await database.collect("host_discovery", hostAt(newAddress(), place.address));
    await expect.poll(() => eventTypes("sap_system", place.systemId)).toContain("SapSystemRegistered");
  });

  it("is applied whoever of the two is first, when both come at once", async () => {
    for (let round = 0; round < 10; round += 1) {
      const place = newPlace();
      const [application, database] = [new TestAgent(), new TestAgent()];
      const sent: (() => Promise<unknown>)[] = [
        () => database.register(place.address),
        () => database.collect("sap_system_discovery", databasePayload(place.label, [place.tenant])),
        () =>
          application.collect(
            "sap_system_discovery",
            applicationPayload(place.address, place.tenant, instances),
          ),
      ];
      await Promise.all((round % 2 === 0 ? sent : sent.reverse()).map((collect) => collect()));
      await expect.poll(() => eventTypes("sap_system", place.systemId)).toContain("SapSystemRegistered");
    }
  });
});

describe("a secondary before its primary", () => {
  it("is parked, and applied when the primary registers", async () => {
    const place = newPlace();
    const [primary, secondary] = [new TestAgent(), new TestAgent()];
    const payload = databasePayload(place.label, [place.tenant], replication("sync", 2));
    const waitsFor = [`the primary of database ${place.databaseId}`];
    expect(await secondary.collect("sap_system_discovery", payload)).toEqual({ status: "parked", waitsFor });
    expect(await secondary.reason("sap_system_discovery")).toBe(waitsFor[0]);
    await primary.collect(
      "sap_system_discovery",
      databasePayload(place.label, [place.tenant], replication("primary", 1)),
    );
    await expect.poll(async () => (await databaseState(place.databaseId)).instances.length).toBe(2);
    await quiet(place);
    const { instances } = await databaseState(place.databaseId);
    expect(instances.map((one) => [one.host_id, one.system_replication_tier])).toEqual([
      [primary.id, 1],
      [secondary.id, 2],
    ]);
    expect(await secondary.reason("sap_system_discovery")).toBeNull();
  });

  it("is applied whoever of the two is first, when both come at once", async () => {
    for (let round = 0; round < 10; round += 1) {
      const place = newPlace();
      const [primary, secondary] = [new TestAgent(), new TestAgent()];
      const tell = (agent: TestAgent, mode: "primary" | "sync") =>
        agent.collect(
          "sap_system_discovery",
          databasePayload(place.label, [place.tenant], replication(mode, mode === "primary" ? 1 : 2)),
        );
      await Promise.all([tell(secondary, "sync"), tell(primary, "primary")]);
      await expect.poll(async () => (await databaseState(place.databaseId)).instances.length).toBe(2);
    }
  });
});

describe("two databases with a tenant of the same name", () => {
  it("are told apart by their addresses", async () => {
    const [one, other] = [newPlace(), newPlace()];
    const tenant = one.tenant;
    const first = await new TestAgent().register(one.address);
    const second = await new TestAgent().register(other.address);
    await first.collect("sap_system_discovery", databasePayload(one.label, [tenant]));
    await second.collect("sap_system_discovery", databasePayload(other.label, [tenant]));
    const application = new TestAgent();
    await application.collect("sap_system_discovery", applicationPayload(other.address, tenant, instances));
    expect((await systemState(sapSystemIdOf(other.databaseId, tenant))).sid).toBe("NWP");
    expect((await systemState(sapSystemIdOf(one.databaseId, tenant))).sid).toBeNull();
  });
});

describe("a database that is no longer there", () => {
  it("is not found after its host is deregistered; who reports waits, and is served when it is back", async () => {
    const place = newPlace();
    const [application, database] = [
      await new TestAgent().register(),
      await new TestAgent().register(place.address),
    ];
    const told = databasePayload(place.label, [place.tenant]);
    await database.collect("sap_system_discovery", told);
    const payload = applicationPayload(place.address, place.tenant, instances);
    await application.collect("sap_system_discovery", payload);
    const requested_at = "2026-11-24T00:00:00.000Z";
    await send({ type: "RequestHostDeregistration", data: { host_id: database.id, requested_at } });
    await expect.poll(() => eventTypes("sap_system", place.systemId)).toContain("SapSystemDeregistered");
    await quiet(place, application.id, database.id);
    expect(await application.reason("sap_system_discovery")).toContain(`tenant ${place.tenant}`);
    expect(await application.collect("sap_system_discovery", payload)).toMatchObject({ status: "parked" });

    // Its instance alone does not bring it back for others: it is found on hosts that are registered.
    await database.collect("sap_system_discovery", told);
    await quiet(place, application.id, database.id);
    expect(await new TestAgent().collect("sap_system_discovery", payload)).toMatchObject({
      status: "parked",
    });
    await database.register(place.address);
    await expect.poll(async () => (await systemState(place.systemId)).deregistered_at).toBeNull();
    await quiet(place, application.id, database.id);
    expect(await application.reason("sap_system_discovery")).toBeNull();
  });
});

describe("what hangs on a host whose registration was not answered", () => {
  /** Commands have their effect, and the answer is lost: once for each of these types. */
  function lose(...types: string[]): void {
    const execute = HostObject.prototype.execute;
    vi.spyOn(HostObject.prototype, "execute").mockImplementation(async function (this: HostObject, request) {
      const outcome = await execute.call(this, request);
      const index = types.indexOf(request.command.type);
      if (index < 0) return outcome;
      types.splice(index, 1);
      throw new Error("the answer was lost");
    });
  }

  it("is taken when the host is told of again, although no event says that it is new", async () => {
    const agent = new TestAgent();
    await agent.collect("cloud_discovery", cloudPayload);
    await agent.collect("subscription_discovery", subscriptionPayload);
    await agent.collect("saptune_discovery", saptunePayload);
    expect(await agent.states()).toMatchObject({
      cloud_discovery: "parked",
      subscription_discovery: "parked",
      saptune_discovery: "parked",
    });
    lose("RegisterHost");
    expect(await agent.collect("host_discovery", hostPayload)).toMatchObject({ status: "delayed" });
    expect(await agent.events()).toContain("HostRegistered");
    expect(await agent.collect("host_discovery", hostPayload)).toMatchObject({ status: "accepted" });
    expect(await agent.states()).toMatchObject({
      host_discovery: "accepted",
      cloud_discovery: "accepted",
      subscription_discovery: "accepted",
      saptune_discovery: "accepted",
    });
    expect(await agent.hostState()).toMatchObject({ provider: "kvm" });
    expect(await agent.holds("host_discovery", hostPayload)).toBe(true);
  });

  it("is tried again with the next discovery where that was not answered either", async () => {
    const agent = new TestAgent();
    await agent.collect("cloud_discovery", cloudPayload);
    lose("UpdateProvider");
    await agent.collect("host_discovery", hostPayload);
    // The host is told of again soon, and not only in five minutes.
    expect(await agent.holds("host_discovery", hostPayload)).toBe(false);
    await agent.collect("host_discovery", hostPayload);
    expect(await agent.states()).toMatchObject({ cloud_discovery: "accepted" });
    expect(await agent.holds("host_discovery", hostPayload)).toBe(true);
  });
});

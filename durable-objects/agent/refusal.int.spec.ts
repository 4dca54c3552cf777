/** A discovery that is refused or parked says so, and what its host told before is stale until it is in force again. */
import { runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import type { AgentEvent } from "../../domain/agent/index.ts";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import {
  applicationPayload,
  applicationServer,
  clusterPayload,
  databasePayload,
  hostPayload,
  messageServer,
  saptunePayload,
  TestAgent,
} from "../../test/agents.ts";
import {
  clusterState,
  databaseState,
  mend,
  newAddress,
  newPlace,
  quiet,
  send,
  systemState,
} from "../../test/landscape.ts";
import type { AgentObject } from "../agent.ts";
import { LATEST } from "../streams.ts";

afterEach(mend);

// The platform's RPC types cannot express recursive ones.
const stub = (agent: TestAgent) => agent.object as unknown as Pick<AgentObject, "readEvents" | "stateAt">;
const happened = async (agent: TestAgent): Promise<AgentEvent[]> =>
  (await stub(agent).readEvents(1)).map(({ type, data }) => ({ type, data }) as AgentEvent);
const open = async (agent: TestAgent) => (await stub(agent).stateAt(LATEST)).state.open;

function rowsWritten(agent: TestAgent): Promise<number> {
  return runInDurableObject(agent.object, (_, { storage }) =>
    Number(storage.sql.exec("SELECT total_changes() AS rows").one().rows),
  );
}

const spoilt = (label: string, tenant: string, elapsed = "1") => {
  const [system] = databasePayload(label, [tenant]);
  return [
    { ...system, Instances: system?.Instances.map((one) => ({ ...one, SystemReplication: { elapsed } })) },
  ];
};
const noVersion = (label: string, time: string) => ({
  ...clusterPayload(label),
  Crmmon: { Version: "", Summary: { LastChange: { Time: time } } },
});

async function everything() {
  const place = newPlace();
  const agent = await new TestAgent().register(place.address);
  const cluster = clusterPayload(place.label);
  const systems = [
    ...databasePayload(place.label, [place.tenant]),
    ...applicationPayload(place.address, place.tenant, [
      messageServer("GREEN", "02"),
      applicationServer("GREEN", "03"),
    ]),
  ];
  await agent.collect("ha_cluster_discovery", cluster);
  await agent.collect("sap_system_discovery", systems);
  await quiet(place, agent.id);
  return { place, agent, cluster, systems };
}

describe("a discovery of SAP systems that is refused", () => {
  it("is told of with its field, and leaves stale what it told before, since then", async () => {
    const { place, agent } = await everything();
    expect(await agent.collect("sap_system_discovery", spoilt(place.label, place.tenant))).toMatchObject({
      status: "invalid",
    });
    const [told] = await open(agent);
    expect(told).toEqual({
      discovery_type: "sap_system_discovery",
      state: "refused",
      issues: [
        { field: "/payload/0/Instances/0/SystemReplication/local_site_id", message: "can't be blank" },
      ],
      since: expect.any(String),
    });
    const { instances } = await databaseState(place.databaseId);
    expect(instances.map(({ stale_at }) => stale_at)).toEqual([told?.since]);
    const system = await systemState(place.systemId);
    expect(system.instances.map(({ stale_at }) => stale_at)).toEqual([told?.since, told?.since]);
    // The cluster is another discovery's affair.
    expect((await clusterState(place.clusterId)).stale_hosts).toEqual([]);
  });

  it("costs no row when it comes again, also where it differs in what nobody reads", async () => {
    const { place, agent } = await everything();
    await agent.collect("sap_system_discovery", spoilt(place.label, place.tenant));
    const [before, events] = [await rowsWritten(agent), await happened(agent)];
    const { version } = await stub(agent).stateAt(LATEST);
    for (const elapsed of ["1", "1", "2", "3"])
      await agent.collect("sap_system_discovery", spoilt(place.label, place.tenant, elapsed));
    expect(await rowsWritten(agent)).toBe(before);
    expect(await happened(agent)).toEqual(events);
    expect((await stub(agent).stateAt(LATEST)).version).toBe(version);
  });

  it("is healed at once by what was in force before, though it is the very same payload", async () => {
    const { place, agent, systems } = await everything();
    await agent.collect("sap_system_discovery", spoilt(place.label, place.tenant));
    expect(await agent.holds("sap_system_discovery", systems)).toBe(false);
    expect(await agent.collect("sap_system_discovery", systems)).toMatchObject({ status: "accepted" });
    expect(await open(agent)).toEqual([]);
    expect((await happened(agent)).map(({ type }) => type)).toEqual(["DiscoveryRefused", "DiscoveryApplied"]);
    expect((await databaseState(place.databaseId)).stale_at).toBeNull();
    expect((await systemState(place.systemId)).stale_at).toBeNull();
    expect(await agent.holds("sap_system_discovery", systems)).toBe(true);
  });

  it("is not healed by what is said again for the agent", async () => {
    const { place, agent } = await everything();
    await agent.collect("sap_system_discovery", spoilt(place.label, place.tenant));
    await agent.object.hearAgain("application", "c");
    await agent.object.hearAgain("database", "c");
    expect(await open(agent)).toHaveLength(1);
    expect((await databaseState(place.databaseId)).stale_at).not.toBeNull();
    expect((await systemState(place.systemId)).stale_at).not.toBeNull();
  });
});

describe("a discovery of the cluster that is refused", () => {
  it("leaves the cluster stale, and is healed", async () => {
    const { place, agent, cluster } = await everything();
    await agent.collect("ha_cluster_discovery", noVersion(place.label, "now"));
    expect(await open(agent)).toMatchObject([
      { state: "refused", issues: [{ field: "/payload/Crmmon/Version" }] },
    ]);
    expect((await clusterState(place.clusterId)).stale_hosts).toEqual([agent.id]);
    expect((await databaseState(place.databaseId)).stale_at).toBeNull();
    await agent.collect("ha_cluster_discovery", cluster);
    expect((await clusterState(place.clusterId)).stale_hosts).toEqual([]);
    expect(await open(agent)).toEqual([]);
  });

  it("of another reason is told of anew, since the same time", async () => {
    const { place, agent } = await everything();
    await agent.collect("ha_cluster_discovery", noVersion(place.label, "now"));
    const [first] = await open(agent);
    await agent.collect("ha_cluster_discovery", { ...clusterPayload(place.label), DC: null });
    expect(await open(agent)).toMatchObject([{ since: first?.since, issues: [{ field: "/payload/DC" }] }]);
    expect((await agent.object.discoveries()).failures).toHaveLength(2);
  });
});

describe("a host that cannot be registered", () => {
  it("is known by the name that it tells, and by what is wrong", async () => {
    const agent = new TestAgent();
    await agent.collect("saptune_discovery", saptunePayload);
    await agent.collect("host_discovery", { ...hostPayload, hostname: "newcomer", os_version: "" });
    expect(await happened(agent)).toMatchObject([
      {
        type: "DiscoveryRefused",
        data: { host_id: agent.id, hostname: "newcomer", issues: [{ field: "/payload/os_version" }] },
      },
    ]);
    await agent.collect("host_discovery", hostPayload);
    expect(await open(agent)).toEqual([]);
  });

  it("can be dismissed, and is told of when it comes again", async () => {
    const agent = new TestAgent();
    const wrong = { ...hostPayload, os_version: "" };
    await agent.collect("host_discovery", wrong);
    await agent.object.dismiss(agent.id, "c", "user:7");
    expect(await open(agent)).toEqual([]);
    expect((await stub(agent).readEvents(1)).map(({ metadata }) => metadata.actor)).toEqual([
      `agent:${agent.id}`,
      "user:7",
    ]);
    await agent.collect("host_discovery", wrong);
    expect(await open(agent)).toHaveLength(1);
  });
});

describe("an application whose database is not there", () => {
  const systems = (address: string, tenant: string): [DiscoveryType, unknown] => [
    "sap_system_discovery",
    applicationPayload(address, tenant, [messageServer(), applicationServer()]),
  ];

  it("says what it waits for, once, and no more when it is there", async () => {
    const place = newPlace();
    const above = await new TestAgent().register();
    await above.collect(...systems(place.address, place.tenant));
    expect(await open(above)).toMatchObject([
      {
        state: "parked",
        issues: [{ field: null, message: `a database with tenant ${place.tenant} at ${place.address}` }],
      },
    ]);
    await above.collect(...systems(place.address, place.tenant));
    expect(await happened(above)).toHaveLength(1);
    const below = await new TestAgent().register(place.address);
    await below.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    await expect.poll(async () => (await systemState(place.systemId)).sid).toBe("NWP");
    await expect.poll(async () => open(above)).toEqual([]);
    expect((await happened(above)).map(({ type }) => type)).toEqual(["DiscoveryParked", "DiscoveryApplied"]);
  });

  it("leaves its instances stale where they were known", async () => {
    const { place, agent } = await everything();
    const elsewhere = newAddress();
    await agent.collect("sap_system_discovery", [
      ...databasePayload(place.label, [place.tenant]),
      ...applicationPayload(elsewhere, place.tenant, [messageServer("GREEN", "02")]),
      ...applicationPayload(place.address, place.tenant, [applicationServer("GREEN", "03")]),
    ]);
    const { instances } = await systemState(place.systemId);
    expect(instances.map(({ instance_number, stale_at }) => [instance_number, stale_at === null])).toEqual([
      ["02", false],
      ["03", true],
    ]);
    expect((await databaseState(place.databaseId)).stale_at).toBeNull();
  });
});

describe("a database that is known by an IPv6 address", () => {
  it("is met, however that is written, also by who waited before the host had it", async () => {
    const place = newPlace();
    const group = place.label.slice(0, 4);
    const [told, looked] = [`2001:DB8:${group}::0010`, `2001:db8:${group}:0:0:0:0:10`];
    const above = await new TestAgent().register();
    await above.collect(
      "sap_system_discovery",
      applicationPayload(looked, place.tenant, [messageServer(), applicationServer()]),
    );
    const below = await new TestAgent().register(place.address);
    await below.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    expect(await open(above)).toHaveLength(1);
    await below.register(place.address, told);
    await expect.poll(() => open(above)).toEqual([]);
    expect((await systemState(place.systemId)).sid).toBe("NWP");
    expect((await below.hostState()).description?.ip_addresses).toEqual([`${place.address}/24`]);
  });
});

it("what waits for nothing but the host is not told of", async () => {
  const agent = new TestAgent();
  await agent.collect("saptune_discovery", saptunePayload);
  await agent.collect("cloud_discovery", { Provider: "kvm", Metadata: null });
  expect(await agent.states()).toEqual({ saptune_discovery: "parked", cloud_discovery: "parked" });
  expect(await open(agent)).toEqual([]);
});

it("a host that is deregistered takes with it what was open", async () => {
  const { place, agent } = await everything();
  await agent.collect("ha_cluster_discovery", noVersion(place.label, "now"));
  await send({
    type: "RequestHostDeregistration",
    data: { host_id: agent.id, requested_at: new Date().toISOString() },
  });
  await expect.poll(() => open(agent)).toEqual([]);
});

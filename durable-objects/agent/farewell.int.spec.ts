/** The end of a host: all that hangs on it goes before it, once, whatever interrupts it. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import {
  applicationPayload,
  applicationServer,
  clusterPayload,
  databasePayload,
  messageServer,
  TestAgent,
} from "../../test/agents.ts";
import {
  breakDown,
  clusterState,
  databaseState,
  eventsOf,
  mend,
  newPlace,
  quiet,
  send,
  systemState,
  tellAgain,
} from "../../test/landscape.ts";
import type { AgentObject } from "../agent.ts";
import { tenantDirectory } from "../directory.ts";
import { hostStub } from "../streams.ts";
import type { HostCause } from "./facts.ts";

const requested_at = "2026-11-24T00:00:00.000Z";

afterEach(mend);

/** A host of a cluster with a database and an SAP system of its own. */
async function wholeHost() {
  const place = newPlace();
  const agent = await new TestAgent().register(place.address);
  const payload = [
    ...databasePayload(place.label, [place.tenant]),
    ...applicationPayload(place.address, place.tenant, [
      messageServer("GREEN", "02"),
      applicationServer("GREEN", "03"),
    ]),
  ];
  await agent.collect("ha_cluster_discovery", clusterPayload(place.label));
  await agent.collect("sap_system_discovery", payload);
  await quiet(place, agent.id);
  return { place, agent, payload };
}

const ask = (agent: TestAgent) =>
  send({ type: "RequestHostDeregistration", data: { host_id: agent.id, requested_at } });

const requests = (agent: TestAgent) => tellAgain("host", agent.id);

async function everyEvent(place: ReturnType<typeof newPlace>, agent: TestAgent) {
  const streams = [
    eventsOf("host", agent.id),
    eventsOf("database", place.databaseId),
    eventsOf("sap_system", place.systemId),
    eventsOf("cluster", place.clusterId),
  ];
  return (await Promise.all(streams)).map((events) => events.map(({ type }) => type));
}

describe("the deregistration of a host", () => {
  it("takes away its instances, its membership and at last itself, all in one chain", async () => {
    const { place, agent } = await wholeHost();
    await ask(agent);
    await expect.poll(() => agent.events()).toContain("HostTombstoned");
    const host = await eventsOf("host", agent.id);
    const request = host.find(({ type }) => type === "HostDeregistrationRequested");
    const removals = [
      ...(await eventsOf("database", place.databaseId)),
      ...(await eventsOf("sap_system", place.systemId)),
      ...(await eventsOf("cluster", place.clusterId)),
      ...host,
    ].filter(({ metadata }) => metadata.causationId === request?.id);
    const types = removals.map(({ type }) => type);
    // A system may have been deregistered with its database already, which somebody else sees to.
    expect(types.filter((type) => type !== "SapSystemDeregistered")).toEqual([
      "DatabaseInstanceDeregistered",
      "DatabaseDeregistered",
      "DatabaseTombstoned",
      "ApplicationInstanceDeregistered",
      "ApplicationInstanceDeregistered",
      "SapSystemTombstoned",
      "HostRemovedFromCluster",
      "ClusterDeregistered",
      "ClusterTombstoned",
      "SoftwareUpdatesDiscoveryCleared",
      "HostDeregistered",
      "HostTombstoned",
    ]);
    const times = removals.map(({ occurredAt }) => occurredAt);
    expect(times).toEqual(times.toSorted());
    expect(new Set(removals.map(({ metadata }) => metadata.correlationId))).toEqual(new Set(["the request"]));
    await quiet(place, agent.id);
    expect(await tenantDirectory(env, place.tenant).find(place.address)).toEqual([]);
  });

  it("has one effect however often it is told, also when the agent is back with more than before", async () => {
    const { place, agent, payload } = await wholeHost();
    const more = newPlace();
    await ask(agent);
    await expect.poll(() => agent.events()).toContain("HostTombstoned");
    await quiet(place, agent.id);
    await agent.register(place.address);
    await agent.collect("ha_cluster_discovery", clusterPayload(more.label));
    await agent.collect("sap_system_discovery", [
      ...payload,
      ...databasePayload(more.label, [more.tenant], { ...databaseInstance("05") }),
    ]);
    await quiet(place, agent.id);
    const before = await everyEvent(place, agent);
    await Promise.all([requests(agent), requests(agent)]);
    await quiet(place, agent.id);
    expect(await everyEvent(place, agent)).toEqual(before);
    expect((await clusterState(more.clusterId)).hosts).toEqual([agent.id]);
    expect((await databaseState(more.databaseId)).deregistered_at).toBeNull();
    expect(await tenantDirectory(env, place.tenant).find(place.address)).toEqual([place.databaseId]);
  });

  it("is completed when it is told again, after a step failed and the object was evicted", async () => {
    const { place, agent } = await wholeHost();
    const cause = await interrupted(place, agent);
    expect((await databaseState(place.databaseId)).deregistered_at).toBe(requested_at);
    expect((await clusterState(place.clusterId)).hosts).toEqual([agent.id]);
    expect((await agent.hostState()).deregistered_at).toBeNull();
    await agent.object.deregister(cause);
    expect((await agent.hostState()).deregistered_at).toBe(requested_at);
    expect((await systemState(place.systemId)).instances).toEqual([]);
    expect((await clusterState(place.clusterId)).deregistered_at).toBe(requested_at);
    await quiet(place, agent.id);
    const events = (await everyEvent(place, agent)).flat();
    for (const type of ["DatabaseInstanceDeregistered", "HostRemovedFromCluster", "HostDeregistered"]) {
      expect(events.filter((one) => one === type)).toEqual([type]);
    }
  });

  it("is completed before the agent is heard again, and what it then says is not taken away", async () => {
    const { place, agent, payload } = await wholeHost();
    const cause = await interrupted(place, agent);
    await agent.collect("sap_system_discovery", payload);
    expect((await agent.hostState()).deregistered_at).toBe(requested_at);
    await agent.register(place.address);
    await quiet(place, agent.id);
    const before = await everyEvent(place, agent);
    await agent.object.deregister(cause);
    await quiet(place, agent.id);
    expect(await everyEvent(place, agent)).toEqual(before);
    expect((await agent.hostState()).deregistered_at).toBeNull();
    expect((await databaseState(place.databaseId)).instances).toHaveLength(1);
    expect((await systemState(place.systemId)).instances).toHaveLength(2);
  });

  it("does not keep the agent from being heard while it cannot be completed", async () => {
    const { place, agent } = await wholeHost();
    await interrupted(place, agent, () => undefined);
    const outcome = await agent.collect("cloud_discovery", { Provider: "aws", Metadata: null });
    expect(outcome).toMatchObject({ status: "accepted" });
  });
});

/** Half of a deregistration: the system does not answer, and the agent's object is evicted. */
async function interrupted(
  place: ReturnType<typeof newPlace>,
  agent: TestAgent,
  after = mend,
): Promise<HostCause> {
  const { version } = await hostStub(env, agent.id).describe();
  const cause = {
    eventId: crypto.randomUUID(),
    version: version + 1,
    hostId: agent.id,
    at: requested_at,
    correlationId: "the request",
  };
  breakDown("sap_system", place.systemId);
  const failure = await runInDurableObject(agent.object, (object) =>
    (object as unknown as AgentObject).deregister(cause).catch(String),
  );
  expect(failure).toContain("rolling_up");
  await evictDurableObject(agent.object);
  after();
  return cause;
}

function databaseInstance(number: string) {
  const [database] = databasePayload("any");
  const text = JSON.stringify(database?.Instances[0]).replaceAll('"00"', `"${number}"`);
  return JSON.parse(text.replace('"instanceNr":0', `"instanceNr":${Number(number)}`));
}

/** A host that is lost: what it told is stale, until it tells it anew. */
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
import { hostStub } from "../streams.ts";

afterEach(mend);

async function landscape() {
  const place = newPlace();
  const [below, above] = [await new TestAgent().register(place.address), await new TestAgent().register()];
  const database = databasePayload(place.label, [place.tenant]);
  const application = applicationPayload(place.address, place.tenant, [messageServer(), applicationServer()]);
  for (const agent of [below, above]) {
    await agent.collect("ha_cluster_discovery", clusterPayload(place.label, { dc: agent === below }));
  }
  await below.collect("sap_system_discovery", database);
  await above.collect("sap_system_discovery", application);
  await quiet(place, below.id, above.id);
  return { place, below, above, database, application };
}

const lose = (agent: TestAgent) =>
  send({ type: "UpdateHeartbeat", data: { host_id: agent.id, heartbeat: "critical" } });
const revive = (agent: TestAgent) =>
  send({ type: "UpdateHeartbeat", data: { host_id: agent.id, heartbeat: "passing" } });
const tellOfLoss = (agent: TestAgent) => tellAgain("host", agent.id);

async function lostAt(agent: TestAgent) {
  return (await eventsOf("host", agent.id)).findLast(({ type }) => type === "HeartbeatFailed")?.occurredAt;
}

describe("a host with a database that is lost", () => {
  it("leaves all stale that hangs on it, since that moment, and the systems above", async () => {
    const { place, below, above } = await landscape();
    await lose(below);
    await expect.poll(async () => (await systemState(place.systemId)).stale_at).not.toBeNull();
    await quiet(place, below.id, above.id);
    const at = await lostAt(below);
    expect(await databaseState(place.databaseId)).toMatchObject({
      stale_at: at,
      instances: [{ stale_at: at }],
    });
    const system = await systemState(place.systemId);
    expect([system.stale_at, system.database_stale_at]).toEqual([at, at]);
    expect(system.instances.map(({ stale_at }) => stale_at)).toEqual([null, null]);
    expect((await clusterState(place.clusterId)).stale_hosts).toEqual([below.id]);
  });

  it("is not healed by its heartbeat, but by what it tells, each for itself", async () => {
    const { place, below, above, database } = await landscape();
    await lose(below);
    await expect.poll(async () => (await systemState(place.systemId)).stale_at).not.toBeNull();
    await quiet(place, below.id, above.id);
    await revive(below);
    await quiet(place, below.id, above.id);
    expect((await databaseState(place.databaseId)).stale_at).not.toBeNull();
    await below.collect("ha_cluster_discovery", clusterPayload(place.label));
    expect((await clusterState(place.clusterId)).stale_hosts).toEqual([]);
    expect((await databaseState(place.databaseId)).stale_at).not.toBeNull();
    await below.collect("sap_system_discovery", database);
    expect(await databaseState(place.databaseId)).toMatchObject({
      stale_at: null,
      instances: [{ stale_at: null }],
    });
    await quiet(place, below.id, above.id);
    expect(await systemState(place.systemId)).toMatchObject({ stale_at: null, database_stale_at: null });
  });

  it("is not spoken for while it is silent", async () => {
    const { place, below, above } = await landscape();
    await lose(below);
    await expect.poll(async () => (await databaseState(place.databaseId)).stale_at).not.toBeNull();
    await quiet(place, below.id, above.id);
    await below.object.hearAgain("database", "c");
    expect((await databaseState(place.databaseId)).stale_at).not.toBeNull();
    // One word about something else is no word about its database.
    await below.collect("cloud_discovery", { Provider: "kvm", Metadata: null });
    await below.object.hearAgain("database", "c");
    expect((await databaseState(place.databaseId)).stale_at).not.toBeNull();
  });
});

describe("a host with application instances that is lost", () => {
  it("leaves them stale, and nothing below; they are healed one by one", async () => {
    const { place, below, above, application } = await landscape();
    await lose(above);
    await expect.poll(async () => (await systemState(place.systemId)).stale_at).not.toBeNull();
    await quiet(place, below.id, above.id);
    const at = await lostAt(above);
    const { instances } = await systemState(place.systemId);
    expect(instances.map(({ stale_at }) => stale_at)).toEqual([at, at]);
    expect((await databaseState(place.databaseId)).stale_at).toBeNull();
    await above.collect("sap_system_discovery", application);
    expect((await systemState(place.systemId)).stale_at).toBeNull();
  });
});

describe("a loss that is told again", () => {
  it("has no second effect after the host is back, also on what is new", async () => {
    const { place, below, above, application } = await landscape();
    await lose(above);
    await expect.poll(async () => (await systemState(place.systemId)).stale_at).not.toBeNull();
    await revive(above);
    await above.collect("sap_system_discovery", application);
    const more = [messageServer(), applicationServer(), applicationServer("GREEN", "07")];
    await above.collect("sap_system_discovery", applicationPayload(place.address, place.tenant, more));
    await quiet(place, below.id, above.id);
    const before = await systemState(place.systemId);
    await Promise.all([tellOfLoss(above), tellOfLoss(above)]);
    await quiet(place, below.id, above.id);
    expect(await systemState(place.systemId)).toEqual(before);
    expect(before.stale_at).toBeNull();
  });

  it("is completed when it was interrupted", async () => {
    const { place, above } = await landscape();
    const { version } = await hostStub(env, above.id).describe();
    const at = new Date().toISOString();
    const cause = {
      eventId: crypto.randomUUID(),
      version: version + 1,
      hostId: above.id,
      at,
      correlationId: "c",
    };
    breakDown("cluster", place.clusterId);
    const failure = await runInDurableObject(above.object, (object) =>
      (object as unknown as AgentObject).markStale(cause).catch(String),
    );
    expect(failure).toContain("rolling_up");
    await evictDurableObject(above.object);
    mend();
    await above.object.markStale(cause);
    expect((await clusterState(place.clusterId)).stale_hosts).toEqual([above.id]);
    const { instances } = await systemState(place.systemId);
    expect(instances.map(({ stale_at }) => stale_at)).toEqual([at, at]);
  });
});

/** What an agent repeats is free; and it is dispatched in full where something no longer holds. */
import { runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import {
  applicationPayload,
  applicationServer,
  cloudPayload,
  clusterPayload,
  databasePayload,
  hostAt,
  messageServer,
  saptunePayload,
  subscriptionPayload,
  TestAgent,
} from "../../test/agents.ts";
import { databaseState, newPlace, quiet, send, systemState } from "../../test/landscape.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** An agent on a host that runs all of a landscape, and what it sends, in every form that says the same. */
async function everything() {
  const place = newPlace();
  const agent = new TestAgent();
  const said = (note: string): Record<DiscoveryType, unknown> => ({
    host_discovery: { ...hostAt(place.address), note },
    cloud_discovery: { ...cloudPayload, note },
    subscription_discovery: subscriptionPayload.map((one) => ({ ...one, note })),
    saptune_discovery: { ...saptunePayload, note },
    ha_cluster_discovery: clusterPayload(place.label, { written: note }),
    // Of each process is told for how long it has been running.
    sap_system_discovery: [
      ...databasePayload(place.label, [place.tenant], { elapsedtime: note }),
      ...applicationPayload(place.address, place.tenant, [
        messageServer("GREEN", "02"),
        applicationServer("GREEN", "03"),
      ]),
    ],
  });
  const tell = async (note: string, changes: Partial<Record<DiscoveryType, unknown>> = {}) => {
    for (const [type, payload] of Object.entries({ ...said(note), ...changes })) {
      await agent.collect(type as DiscoveryType, payload);
    }
  };
  await tell("once");
  await quiet(place, agent.id);
  await tell("twice");
  await quiet(place, agent.id);
  await tell("thrice");
  return { place, agent, said, tell };
}

/** Number of rows that an agent's object has written so far. */
function rowsWritten(agent: TestAgent): Promise<number> {
  return runInDurableObject(agent.object, (_, { storage }) =>
    Number(storage.sql.exec("SELECT total_changes() AS rows").one().rows),
  );
}

describe("a discovery that is parked", () => {
  it("is looked at again when it is repeated, and writes no row while nothing has changed", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register();
    const payload = applicationPayload(place.address, place.tenant, [messageServer()]);
    const parked = await agent.collect("sap_system_discovery", payload);
    const before = await rowsWritten(agent);
    expect(await agent.collect("sap_system_discovery", payload)).toEqual(parked);
    expect(await rowsWritten(agent)).toBe(before);
    expect(await agent.states()).toMatchObject({ sap_system_discovery: "parked" });
  });
});

describe("a discovery of any type that says the same in other words", () => {
  it("writes no row, sends no command and calls no second object", async () => {
    const { agent, tell } = await everything();
    const before = await rowsWritten(agent);
    const calls = await spyOnCalls(agent);
    await tell("once more");
    expect(calls).toEqual([]);
    expect(await rowsWritten(agent)).toBe(before);
    // What says something else is seen by both gauges.
    await agent.collect("cloud_discovery", { Provider: "nutanix", Metadata: null });
    expect(calls).toEqual([`HOST ${agent.id}`]);
    expect(await rowsWritten(agent)).toBeGreaterThan(before);
  });

  it("does neither while an instance is absent", async () => {
    const { agent, place, tell } = await everything();
    const without = (note: string) => ({
      sap_system_discovery: [
        ...databasePayload(place.label, [place.tenant], { elapsedtime: note }),
        ...applicationPayload(place.address, place.tenant, [messageServer("GREEN", "02")]),
      ],
    });
    await tell("gone", without("gone"));
    const before = await rowsWritten(agent);
    const calls = await spyOnCalls(agent);
    await tell("still gone", without("still gone"));
    expect(calls).toEqual([]);
    expect(await rowsWritten(agent)).toBe(before);
  });
});

describe("a discovery that was in force", () => {
  it("revives what is stale after the heartbeat failed", async () => {
    const { agent, place, said, tell } = await everything();
    await send({ type: "UpdateHeartbeat", data: { host_id: agent.id, heartbeat: "critical" } });
    await expect.poll(async () => (await systemState(place.systemId)).stale_at).not.toBeNull();
    await quiet(place, agent.id);
    for (const [type, payload] of Object.entries(said("thrice"))) {
      expect(await agent.holds(type as DiscoveryType, payload)).toBe(false);
    }
    await tell("thrice");
    expect((await databaseState(place.databaseId)).stale_at).toBeNull();
    await expect.poll(async () => (await systemState(place.systemId)).stale_at).toBeNull();
  });

  it("revives what was removed", async () => {
    const { agent, place, tell } = await everything();
    const data = { sap_system_id: place.systemId, host_id: agent.id, instance_number: "03" };
    const deregistered_at = "2026-11-24T00:00:00.000Z";
    await send({ type: "DeregisterApplicationInstance", data: { ...data, deregistered_at } });
    await quiet(place, agent.id);
    expect((await systemState(place.systemId)).instances).toHaveLength(1);
    await tell("thrice");
    await quiet(place, agent.id);
    expect(await systemState(place.systemId)).toMatchObject({ deregistered_at: null, health: "passing" });
    expect((await systemState(place.systemId)).instances).toHaveLength(2);
  });
});

/** Lists all calls that the agent's object makes to others from now on. */
async function spyOnCalls(agent: TestAgent): Promise<string[]> {
  const calls: string[] = [];
  await runInDurableObject(agent.object, (instance) => {
    const { env } = instance as unknown as { env: Record<string, { getByName(name: string): unknown }> };
    for (const binding of ["HOST", "CLUSTER", "DATABASE", "SAP_SYSTEM", "DIRECTORY"]) {
      const namespace = env[binding];
      if (namespace === undefined) continue;
      const original = namespace.getByName.bind(namespace);
      vi.spyOn(namespace, "getByName").mockImplementation((name) => {
        calls.push(`${binding} ${name}`);
        return original(name);
      });
    }
  });
  return calls;
}

/** A discovery that the server cannot apply for reasons of its own waits, is tried again, and is never called refused. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
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
  breakDown,
  clusterState,
  databaseState,
  mend,
  newPlace,
  quiet,
  systemState,
} from "../../test/landscape.ts";
import type { AgentObject } from "../agent.ts";
import { DirectoryObject } from "../directory.ts";
import { AggregateObject } from "../event-stream/aggregate-object.ts";
import { Delivery } from "../event-stream/delivery.ts";
import { LATEST } from "../streams.ts";

afterEach(() => {
  vi.useRealTimers();
  mend();
});

// The platform's RPC types cannot express recursive ones.
const stub = (agent: TestAgent) => agent.object as unknown as Pick<AgentObject, "readEvents" | "stateAt">;
const happened = async (agent: TestAgent) => (await stub(agent).readEvents(1)).map(({ type }) => type);
const open = async (agent: TestAgent) => (await stub(agent).stateAt(LATEST)).state.open;
const failures = async (agent: TestAgent) => (await agent.object.discoveries()).failures;

/** Milliseconds until the agent's object tries again; null where it does not. */
function nextAttempt(agent: TestAgent): Promise<number | null> {
  return runInDurableObject(agent.object, (_, { storage }) => {
    const [row] = storage.sql
      .exec<{ at: number }>("SELECT at FROM wake_ups WHERE purpose <> 'delivery' ORDER BY at")
      .toArray();
    return row === undefined ? null : row.at - Date.now();
  });
}

/** The clock is put forward, and the alarm rings. */
async function pass(milliseconds: number, agent: TestAgent): Promise<void> {
  vi.setSystemTime(Date.now() + milliseconds);
  expect(await runDurableObjectAlarm(agent.object)).toBe(true);
}

const stopClock = () => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });

describe("a discovery one of whose objects cannot be reached", () => {
  it("waits, and is applied by the agent's own alarm as soon as it can: nobody is told of a moment", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register(place.address);
    const payload = databasePayload(place.label, [place.tenant]);
    breakDown("database", place.databaseId, "throws");
    expect(await agent.collect("sap_system_discovery", payload)).toEqual({
      status: "delayed",
      reasons: ["Error: database is broken"],
    });
    expect(await agent.states()).toMatchObject({ sap_system_discovery: "delayed" });
    expect(await agent.reason("sap_system_discovery")).toBe("Error: database is broken");
    mend();
    await expect.poll(() => agent.states()).toMatchObject({ sap_system_discovery: "accepted" });
    expect((await databaseState(place.databaseId)).instances).toHaveLength(1);
    expect(await agent.holds("sap_system_discovery", payload)).toBe(true);
    expect(await nextAttempt(agent)).toBeNull();
    expect(await happened(agent)).toEqual([]);
    expect(await failures(agent)).toEqual([]);
  });

  it("is told of as delayed after some seconds, once, since its first attempt, until it is applied", async () => {
    const agent = new TestAgent();
    breakDown("host", agent.id, "throws");
    stopClock();
    const since = new Date().toISOString();
    await agent.collect("host_discovery", hostPayload);
    await pass(3_000, agent);
    expect(await open(agent)).toEqual([]);
    await pass(5_000, agent);
    const told = {
      discovery_type: "host_discovery",
      state: "delayed",
      issues: [{ field: null, message: "Error: host is broken" }],
      since,
    };
    expect(await open(agent)).toEqual([told]);
    await pass(60_000, agent);
    expect(await open(agent)).toEqual([told]);
    mend();
    await pass(60_000, agent);
    expect((await agent.hostState()).description).not.toBeNull();
    expect(await open(agent)).toEqual([]);
    expect(await happened(agent)).toEqual(["DiscoveryDelayed", "DiscoveryApplied"]);
    expect(await failures(agent)).toEqual([]);
  });

  it("is tried again after growing pauses", async () => {
    const agent = new TestAgent();
    breakDown("host", agent.id, "throws");
    stopClock();
    await agent.collect("host_discovery", hostPayload);
    for (const pause of [2_000, 4_000, 8_000, 16_000]) {
      const next = (await nextAttempt(agent)) ?? 0;
      expect(next).toBeGreaterThanOrEqual(pause);
      expect(next).toBeLessThanOrEqual(pause * 1.25 + 1);
      await pass(next, agent);
    }
  });

  it("is not tried before its time, when the alarm rings for something else", async () => {
    const agent = new TestAgent();
    breakDown("host", agent.id, "throws");
    stopClock();
    await agent.collect("host_discovery", hostPayload);
    mend();
    const next = (await nextAttempt(agent)) ?? 0;
    await pass(next - 1, agent);
    expect(await agent.states()).toMatchObject({ host_discovery: "delayed" });
    await pass(1, agent);
    expect(await agent.states()).toMatchObject({ host_discovery: "accepted" });
  });

  it("is applied when it is repeated, and then not tried again", async () => {
    const agent = new TestAgent();
    breakDown("host", agent.id, "throws");
    await agent.collect("host_discovery", hostPayload);
    expect(await nextAttempt(agent)).not.toBeNull();
    mend();
    expect(await agent.collect("host_discovery", hostPayload)).toMatchObject({ status: "accepted" });
    expect(await nextAttempt(agent)).toBeNull();
    expect(await happened(agent)).toEqual([]);
  });

  it("says what it says by then: one that came in its place is what is tried", async () => {
    const agent = new TestAgent();
    breakDown("host", agent.id, "throws");
    stopClock();
    await agent.collect("host_discovery", hostPayload);
    await agent.collect("host_discovery", { ...hostPayload, hostname: "renamed" });
    mend();
    await pass(60_000, agent);
    expect((await agent.hostState()).description?.hostname).toBe("renamed");
  });

  it("leaves stale what it told before, once it is told of, and heals it", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register(place.address);
    await agent.collect("sap_system_discovery", [
      ...databasePayload(place.label, [place.tenant]),
      ...applicationPayload(place.address, place.tenant, [
        messageServer("GREEN", "02"),
        applicationServer("GREEN", "03"),
      ]),
    ]);
    await quiet(place, agent.id);
    const changed = applicationPayload(place.address, place.tenant, [
      messageServer("YELLOW", "02"),
      applicationServer("YELLOW", "03"),
    ]);
    // Where the database is cannot be looked up; whose instances they are can be told.
    const find = vi.spyOn(DirectoryObject.prototype, "find").mockRejectedValue(new Error("overloaded"));
    stopClock();
    await agent.collect("sap_system_discovery", [
      ...databasePayload(place.label, [place.tenant]),
      ...changed,
    ]);
    expect((await systemState(place.systemId)).stale_at).toBeNull();
    await pass(10_000, agent);
    expect(await open(agent)).toMatchObject([{ state: "delayed" }]);
    expect((await systemState(place.systemId)).stale_at).not.toBeNull();
    expect((await databaseState(place.databaseId)).stale_at).toBeNull();
    find.mockRestore();
    await pass(60_000, agent);
    expect((await systemState(place.systemId)).stale_at).toBeNull();
    expect(await open(agent)).toEqual([]);
  });

  it("is not spoken for when its host is lost meanwhile", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register();
    breakDown("cluster", place.clusterId, "throws");
    stopClock();
    await agent.collect("ha_cluster_discovery", clusterPayload(place.label));
    await agent.object.markStale({
      eventId: crypto.randomUUID(),
      version: 1_000,
      hostId: agent.id,
      at: new Date().toISOString(),
      correlationId: "c",
    });
    mend();
    await pass(60_000, agent);
    expect((await clusterState(place.clusterId)).cluster_id).toBeNull();
    expect(await nextAttempt(agent)).toBeNull();
    // It is heard when it speaks itself.
    await agent.collect("ha_cluster_discovery", clusterPayload(place.label));
    expect((await clusterState(place.clusterId)).cluster_id).toBe(place.clusterId);
  });

  it("and that is refused in part is told of as refused, and tried again all the same", async () => {
    const [broken, closed] = [newPlace(), newPlace()];
    const agent = await new TestAgent().register();
    breakDown("database", broken.databaseId, "throws");
    breakDown("database", closed.databaseId, "is closed");
    stopClock();
    const payload = [...databasePayload(broken.label, ["A"]), ...databasePayload(closed.label, ["B"])];
    expect(await agent.collect("sap_system_discovery", payload)).toMatchObject({ status: "failed" });
    expect(await open(agent)).toMatchObject([
      { state: "refused", issues: [{ field: null, message: "stream_closed" }] },
    ]);
    mend();
    await pass(60_000, agent);
    expect((await databaseState(broken.databaseId)).instances).toHaveLength(1);
    expect(await open(agent)).toEqual([]);
  });
});

describe("what follows from a discovery", () => {
  it("and cannot be told is tried again: the database is found when the directory is back", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register(place.address);
    const announce = vi.spyOn(DirectoryObject.prototype, "announce").mockRejectedValue(new Error("it moves"));
    stopClock();
    expect(await agent.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]))).toEqual(
      {
        status: "delayed",
        reasons: ["Error: it moves"],
      },
    );
    expect((await databaseState(place.databaseId)).instances).toHaveLength(1);
    announce.mockRestore();
    await pass(60_000, agent);
    expect(await agent.states()).toMatchObject({ sap_system_discovery: "accepted" });
    const above = await new TestAgent().register();
    expect(
      await above.collect(
        "sap_system_discovery",
        applicationPayload(place.address, place.tenant, [messageServer(), applicationServer()]),
      ),
    ).toMatchObject({ status: "accepted" });
  });

  it("and waits in the other layer is not counted as tried", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register();
    breakDown("database", place.databaseId, "throws");
    stopClock();
    await agent.collect("sap_system_discovery", databasePayload(place.label, [place.tenant]));
    const next = await nextAttempt(agent);
    await agent.object.hearAgain("application", "c");
    expect(await nextAttempt(agent)).toBe(next);
    expect(await agent.states()).toMatchObject({ sap_system_discovery: "delayed" });
  });

  it("for the tuning is judged when the host can be told", async () => {
    const place = newPlace();
    const agent = await new TestAgent().register();
    const { execute } = AggregateObject.prototype;
    const spy = vi.spyOn(AggregateObject.prototype, "execute").mockImplementation(async function (
      this: AggregateObject<unknown, never, never, never>,
      request,
    ) {
      if (request.command.type === "UpdateSaptuneStatus") throw new Error("it is moved");
      return execute.call(this, request);
    });
    stopClock();
    expect(
      await agent.collect("sap_system_discovery", databasePayload(place.label, [place.tenant])),
    ).toMatchObject({ status: "delayed" });
    expect((await agent.hostState()).health).not.toBe("warning");
    spy.mockRestore();
    await pass(60_000, agent);
    // SAP runs there, and nothing is tuned.
    expect((await agent.hostState()).health).toBe("warning");
    await agent.collect("saptune_discovery", saptunePayload);
    expect((await agent.hostState()).health).toBe("warning");
  });
});

describe("an alarm", () => {
  it("that was set before times were kept is one for what is to be delivered", async () => {
    const agent = new TestAgent();
    await agent.collect("host_discovery", { ...hostPayload, os_version: "" });
    await runInDurableObject(agent.object, async (_, { storage }) => {
      storage.sql.exec("DELETE FROM wake_ups");
      await storage.setAlarm(Date.now() + 3_600_000);
    });
    const redeliver = vi.spyOn(Delivery.prototype, "redeliver");
    expect(await runDurableObjectAlarm(agent.object)).toBe(true);
    expect(redeliver).toHaveBeenCalledOnce();
  });

  it("that is forgotten is set anew when anybody looks", async () => {
    const agent = new TestAgent();
    breakDown("host", agent.id, "throws");
    await agent.collect("host_discovery", hostPayload);
    await runInDurableObject(agent.object, (_, { storage }) => storage.deleteAlarm());
    mend();
    await env.AGENT.getByName(agent.id).look(null);
    await expect.poll(() => agent.states()).toMatchObject({ host_discovery: "accepted" });
  });
});

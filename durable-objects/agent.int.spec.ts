/** An agent's object: what it stores, what it dispatches, and what it leaves alone. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  cloudPayload,
  hostPayload,
  sapPayload,
  saptunePayload,
  subscriptionPayload,
  TestAgent,
} from "../test/agents.ts";
import { DISPATCHED_ANEW_AFTER } from "./agent/freshness.ts";

const accepted = { status: "accepted", cib: null };

afterEach(() => {
  vi.useRealTimers();
});

describe("a discovery that is repeated", () => {
  it("is known to hold, also after an eviction, and is not dispatched again", async () => {
    const agent = new TestAgent();
    expect(await agent.holds("host_discovery", hostPayload)).toBe(false);
    expect(await agent.collect("host_discovery", hostPayload)).toEqual(accepted);
    expect(await agent.holds("host_discovery", hostPayload)).toBe(true);
    await evictDurableObject(agent.object);
    expect(await agent.holds("host_discovery", hostPayload)).toBe(true);
    expect(await agent.holds("host_discovery", { ...hostPayload, cpu_count: 8 })).toBe(false);
  });

  it("changes nothing when it is dispatched all the same", async () => {
    const agent = new TestAgent();
    await agent.collect("host_discovery", hostPayload);
    const before = await agent.events();
    expect(await agent.collect("host_discovery", hostPayload)).toEqual(accepted);
    expect(await agent.events()).toEqual(before);
  });

  it("is dispatched in full after some minutes", async () => {
    const agent = new TestAgent();
    await agent.collect("host_discovery", hostPayload);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + DISPATCHED_ANEW_AFTER - 1_000 });
    expect(await agent.holds("host_discovery", hostPayload)).toBe(true);
    vi.setSystemTime(Date.now() + 2_000);
    expect(await agent.holds("host_discovery", hostPayload)).toBe(false);
  });

  it("is dispatched in full when it is no longer known to hold", async () => {
    const agent = new TestAgent();
    await agent.collect("host_discovery", hostPayload);
    await agent.object.forget();
    expect(await agent.holds("host_discovery", hostPayload)).toBe(false);
  });
});

describe("a discovery that comes before its host", () => {
  it("is kept, and applied with the host", async () => {
    const agent = new TestAgent();
    const waiting = { status: "parked", waitsFor: ["host_not_registered"] };
    expect(await agent.collect("cloud_discovery", cloudPayload)).toEqual(waiting);
    expect(await agent.collect("subscription_discovery", subscriptionPayload)).toEqual(waiting);
    expect(await agent.collect("saptune_discovery", saptunePayload)).toEqual(waiting);
    expect(await agent.states()).toMatchObject({ cloud_discovery: "parked", saptune_discovery: "parked" });
    expect(await agent.collect("host_discovery", hostPayload)).toEqual(accepted);
    const { provider, subscriptions, health } = await agent.hostState();
    expect([provider, subscriptions.length, health]).toEqual(["kvm", 1, "passing"]);
    expect(new Set(Object.values(await agent.states()))).toEqual(new Set(["accepted"]));
    expect(await agent.holds("cloud_discovery", cloudPayload)).toBe(true);
  });

  it("is applied when all come at once, as from an agent that starts", async () => {
    const agent = new TestAgent();
    await Promise.all([
      agent.collect("saptune_discovery", saptunePayload),
      agent.collect("cloud_discovery", cloudPayload),
      agent.collect("sap_system_discovery", sapPayload),
      agent.collect("host_discovery", hostPayload),
      agent.collect("subscription_discovery", subscriptionPayload),
    ]);
    const { provider, subscriptions, health } = await agent.hostState();
    expect([provider, subscriptions.length, health]).toEqual(["kvm", 1, "warning"]);
  });

  it("survives an eviction while it waits", async () => {
    const agent = new TestAgent();
    await agent.collect("cloud_discovery", cloudPayload);
    await evictDurableObject(agent.object);
    await agent.collect("host_discovery", hostPayload);
    expect((await agent.hostState()).provider).toBe("kvm");
  });
});

describe("a discovery that fails", () => {
  it("is kept once with its reason and its body, and applies nothing", async () => {
    const agent = new TestAgent();
    const broken = { ...hostPayload, hostname: "" };
    const outcome = { status: "invalid", issues: [{ path: ["hostname"], message: "can't be blank" }] };
    expect(await agent.collect("host_discovery", broken)).toEqual(outcome);
    expect(await agent.collect("host_discovery", broken)).toEqual(outcome);
    const { failures } = await agent.object.discoveries();
    expect(failures).toHaveLength(1);
    expect(JSON.parse(failures[0]?.reason ?? "")).toEqual(outcome.issues);
    const kept = await agent.object.failureBody(failures[0]?.id ?? "");
    expect(kept).toBe(agent.body("host_discovery", broken));
    expect(await agent.events()).toEqual([]);
  });

  it("does not hold up the next", async () => {
    const agent = new TestAgent();
    await agent.collect("host_discovery", { ...hostPayload, cpu_count: "many" });
    expect(await agent.collect("host_discovery", hostPayload)).toEqual(accepted);
  });

  it("leaves when many others came after it", async () => {
    const agent = new TestAgent();
    for (let number = 0; number < 25; number += 1) {
      const ip_addresses = [...Array.from({ length: number }, () => "10.0.0.1"), 5];
      await agent.collect("host_discovery", { ...hostPayload, ip_addresses });
    }
    const { failures } = await agent.object.discoveries();
    expect(failures).toHaveLength(20);
    const parts = await runInDurableObject(agent.object, (_, { storage }) =>
      storage.sql.exec("SELECT DISTINCT owner FROM payloads").toArray(),
    );
    expect(parts).toHaveLength(20);
  });
});

describe("a large discovery", () => {
  it("of 8 MB that does not compress is stored in parts and read back whole", async () => {
    const agent = new TestAgent();
    const noise = Array.from({ length: 110 }, () => {
      const bytes = crypto.getRandomValues(new Uint8Array(52_000));
      return btoa(String.fromCharCode(...bytes));
    });
    const broken = { ...hostPayload, hostname: null, noise };
    await agent.collect("host_discovery", broken);
    const { failures } = await agent.object.discoveries();
    const body = agent.body("host_discovery", broken);
    expect(body.length).toBeGreaterThan(7_500_000);
    expect((await agent.object.failureBody(failures[0]?.id ?? "")) === body).toBe(true);
  });
});

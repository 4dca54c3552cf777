/** Cleaning up a host, and its return. */
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { cloudPayload, hostPayload, subscriptionPayload } from "../../test/agents.ts";
import {
  Administrator,
  type ApiAgent,
  accepted,
  call,
  done,
  invalid,
  notFound,
  outcome,
  refused,
  unauthorized,
} from "../../test/api-client.ts";

const live = refused(422, "Unprocessable Entity", "Requested operation not allowed for live hosts.");

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

afterEach(() => {
  vi.useRealTimers();
});

const remove = (id: string) => outcome(admin.call("DELETE", `/api/v1/hosts/${id}`));

async function registered(): Promise<ApiAgent> {
  const agent = await admin.agent();
  await agent.collect("host_discovery", hostPayload);
  await expect.poll(() => admin.host(agent.id)).toBeDefined();
  return agent;
}

async function removed(): Promise<ApiAgent> {
  const agent = await registered();
  expect(await remove(agent.id)).toEqual(done);
  await expect.poll(() => admin.host(agent.id)).toBeUndefined();
  return agent;
}

describe("DELETE /api/v1/hosts/:id", () => {
  it("is not allowed while heartbeats come", async () => {
    const agent = await registered();
    await agent.beat();
    const version = await agent.version();
    expect(await remove(agent.id)).toEqual(live);
    expect(await remove(agent.id.toUpperCase())).toEqual(live);
    expect(await agent.version()).toBe(version);
  });

  it("is allowed when they have stopped, and the host leaves the list", async () => {
    const agent = await registered();
    await agent.beat();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7_000 });
    expect(await remove(agent.id)).toEqual(done);
    await expect.poll(() => admin.host(agent.id)).toBeUndefined();
  });

  it("is allowed for a host that never sent a heartbeat", async () => {
    const agent = await registered();
    expect(await remove(agent.id)).toEqual(done);
    await expect.poll(() => admin.host(agent.id)).toBeUndefined();
  });

  it("answers 404 for a host that is not there, and for one that is gone", async () => {
    expect(await remove(crypto.randomUUID())).toEqual(notFound);
    const parked = await admin.agent();
    await parked.collect("cloud_discovery", cloudPayload);
    expect(await remove(parked.id)).toEqual(notFound);
    const agent = await removed();
    await expect.poll(() => remove(agent.id)).toEqual(notFound);
  });

  it("answers 422 for what is no UUID", async () => {
    for (const id of ["no-uuid", "5", "__proto__"])
      expect(await remove(id)).toEqual(invalid(["/id", "has invalid format"]));
  });

  it("is for users alone", async () => {
    const agent = await registered();
    expect(await outcome(call("DELETE", `/api/v1/hosts/${agent.id}`))).toEqual(unauthorized);
    expect(await outcome(agent.call("DELETE", `/api/v1/hosts/${agent.id}`))).toEqual(unauthorized);
    expect(await admin.host(agent.id)).toBeDefined();
  });
});

describe("a host that is gone", () => {
  it("is restored with its tags by the same discovery that it sent before", async () => {
    const agent = await registered();
    const tags = `/api/v1/hosts/${agent.id}/tags`;
    await admin.call("POST", tags, { json: { value: "prod" } });
    await admin.call("POST", tags, { json: { value: "eu" } });
    const before = await admin.host(agent.id);
    await remove(agent.id);
    await expect.poll(() => admin.host(agent.id)).toBeUndefined();

    // Until the agent's object is told of it, it may take the discovery for one that still holds.
    await expect
      .poll(async () => {
        expect(await outcome(agent.collect("host_discovery", hostPayload))).toEqual(accepted);
        return admin.host(agent.id);
      })
      .toMatchObject({ id: agent.id, deregistered_at: null, hostname: hostPayload.hostname });
    const host = await admin.host(agent.id);
    expect(host?.tags).toEqual(before?.tags);
    expect(host?.tags.map(({ value }) => value)).toEqual(["eu", "prod"]);
    expect(host?.inserted_at).toBe(before?.inserted_at);
    expect(await outcome(agent.beat())).toEqual(done);
  });

  it("is complete again, with what its agent sends next", async () => {
    const agent = await registered();
    await agent.collect("cloud_discovery", cloudPayload);
    await agent.collect("subscription_discovery", subscriptionPayload);
    await expect.poll(() => admin.host(agent.id)).toMatchObject({ provider: "kvm" });
    await remove(agent.id);
    await expect.poll(() => admin.host(agent.id)).toBeUndefined();
    await expect
      .poll(async () => {
        await agent.collect("host_discovery", hostPayload);
        await agent.collect("cloud_discovery", cloudPayload);
        await agent.collect("subscription_discovery", subscriptionPayload);
        return admin.host(agent.id);
      })
      .toMatchObject({ provider: "kvm", sles_subscriptions: [{ identifier: "SLES_SAP" }] });
  });

  it("keeps what comes before its return parked", async () => {
    const agent = await removed();
    expect(await outcome(agent.collect("cloud_discovery", cloudPayload))).toEqual(accepted);
    const { body } = await admin.call("GET", `/api/v1/agents/${agent.id}/discoveries`);
    expect(body).toMatchObject({
      latest: expect.arrayContaining([
        expect.objectContaining({ discovery_type: "cloud_discovery", state: "parked" }),
      ]),
    });
    expect(await admin.host(agent.id)).toBeUndefined();
  });
});

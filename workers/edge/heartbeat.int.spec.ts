/** Heartbeats over HTTP. */
import { beforeAll, describe, expect, it } from "vitest";
import { hostPayload } from "../../test/agents.ts";
import {
  Administrator,
  type ApiAgent,
  call,
  done,
  invalid,
  outcome,
  refused,
  unauthorized,
} from "../../test/api-client.ts";

const unknown = refused(404, "Not Found", "The host is not registered.");

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

async function registered(): Promise<ApiAgent> {
  const agent = await admin.agent();
  await agent.collect("host_discovery", hostPayload);
  return agent;
}

describe("POST /api/v1/hosts/:id/heartbeat", () => {
  it("is heard, and turns the host passing", async () => {
    const agent = await registered();
    await expect.poll(async () => (await admin.host(agent.id))?.heartbeat).toBe("unknown");
    expect(await outcome(agent.beat())).toEqual(done);
    await expect.poll(async () => (await admin.host(agent.id))?.heartbeat).toBe("passing");
  });

  it("is heard again and again without a further event", async () => {
    const agent = await registered();
    await agent.beat();
    const version = await agent.version();
    for (let count = 0; count < 5; count += 1) expect(await outcome(agent.beat())).toEqual(done);
    expect(await agent.version()).toBe(version);
  });

  it("is heard for an id in capitals", async () => {
    const agent = await registered();
    const path = `/api/v1/hosts/${agent.id.toUpperCase()}/heartbeat`;
    expect(await outcome(agent.call("POST", path))).toEqual(done);
    await expect.poll(async () => (await admin.host(agent.id))?.heartbeat).toBe("passing");
  });

  it("takes a body that nobody asked for", async () => {
    const agent = await registered();
    const path = `/api/v1/hosts/${agent.id}/heartbeat`;
    expect(await outcome(agent.call("POST", path, { raw: "" }))).toEqual(done);
    expect(await outcome(agent.call("POST", path, { raw: "{" }))).toEqual(done);
  });

  it("answers 404 for a host that was never registered", async () => {
    const agent = await admin.agent();
    expect(await outcome(agent.beat())).toEqual(unknown);
    await agent.collect("cloud_discovery", { Provider: "kvm" });
    expect(await outcome(agent.beat())).toEqual(unknown);
    expect(await agent.version()).toBe(0);
  });

  it("answers 404 for a deregistered host", async () => {
    const agent = await registered();
    expect(await outcome(admin.call("DELETE", `/api/v1/hosts/${agent.id}`))).toEqual(done);
    await expect.poll(() => outcome(agent.beat())).toEqual(unknown);
  });

  it("answers 401 without the key, or with a token", async () => {
    const agent = await registered();
    const path = `/api/v1/hosts/${agent.id}/heartbeat`;
    expect(await outcome(call("POST", path))).toEqual(unauthorized);
    expect(await outcome(admin.call("POST", path))).toEqual(unauthorized);
    expect(await outcome(call("POST", "/api/v1/hosts/no-uuid/heartbeat"))).toEqual(unauthorized);
  });

  it.each(["no-uuid", "5", "9cd46919-5f19-59aa-993e-cf3736c7105", "%00", "%F0%9F%98%80"])(
    "answers 422 for the id %s",
    async (id) => {
      const agent = await admin.agent();
      expect(await outcome(agent.call("POST", `/api/v1/hosts/${id}/heartbeat`))).toEqual(
        invalid(["/id", "has invalid format"]),
      );
    },
  );
});

/** Paths without a version, and paths and methods that nobody knows. */
import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, call, notFound, outcome, refused } from "../../test/api-client.ts";

const ID = "9cd46919-5f19-59aa-993e-cf3736c71053";
const HEARTBEAT = `/hosts/${ID}/heartbeat`;

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

async function location(method: string, path: string, raw?: string) {
  const { status, headers } = await call(method, path, raw === undefined ? {} : { raw });
  return { status, location: headers.get("location") };
}

describe("a path without a version", () => {
  it.each([
    ["GET", "/hosts"],
    ["GET", "/about"],
    ["GET", "/prometheus/targets"],
    ["GET", "/settings/api_key"],
    ["PATCH", "/settings/api_key"],
    ["POST", "/collect"],
    ["POST", HEARTBEAT],
    ["DELETE", `/hosts/${ID}`],
    ["POST", `/hosts/${ID}/tags`],
    ["DELETE", `/hosts/${ID}/tags/a%2Bb`],
  ])("%s %s leads to the version that has it", async (method, path) => {
    const body = method === "POST" || method === "PATCH" ? "{}" : undefined;
    expect(await location(method, `/api${path}`, body)).toEqual({ status: 307, location: `/api/v1${path}` });
  });

  it("keeps the query", async () => {
    const query = "?a=1&b=%C3%BC&b=2&c[]=x+y&d=/e?f";
    expect(await location("GET", `/api/hosts${query}`)).toEqual({
      status: 307,
      location: `/api/v1/hosts${query}`,
    });
    expect(await location("POST", `/api/collect${query}`, "{}")).toEqual({
      status: 307,
      location: `/api/v1/collect${query}`,
    });
  });

  it("leads there whatever the method, HEAD among them", async () => {
    expect(await location("HEAD", "/api/hosts")).toEqual({ status: 307, location: "/api/v1/hosts" });
  });

  it("leads an agent's body where it belongs", async () => {
    const agent = await admin.agent();
    const json = { agent_id: agent.id, discovery_type: "host_discovery", payload: hostPayload };
    const response = await exports.default.fetch("https://trento.example/api/collect", {
      method: "POST",
      headers: { "x-trento-apikey": agent.key, "content-type": "application/json" },
      body: JSON.stringify(json),
    });
    expect([response.status, await response.json()]).toEqual([202, {}]);
    expect(await agent.version()).toBe(1);
  });

  it("leads nowhere else", async () => {
    for (const path of ["//evil.example/hosts", "/hosts/", "/hosts//", "/%2Fevil.example", "/%68osts"]) {
      const { status, location: target } = await location("GET", `/api${path}`);
      if (status === 307) expect(target).toMatch(/^\/api\/v1\/[a-z]/);
      else expect(status).toBe(404);
    }
  });
});

describe("what nobody knows", () => {
  it.each([
    ["GET", "/api/"],
    ["GET", "/api/nothing"],
    ["GET", "/api/v1"],
    ["GET", "/api/v1/"],
    ["GET", "/api/v1/nothing"],
    ["GET", "/api/v2/hosts"],
    ["GET", "/api/v3/hosts"],
    ["GET", "/api/v1/v1/hosts"],
    ["GET", "/api/toString"],
    ["GET", `/api/v1/hosts/${ID}/nothing`],
    ["POST", "/api/nothing"],
    ["POST", "/api/v1/nothing"],
  ])("is not found: %s %s", async (method, path) => {
    const raw = method === "POST" ? "{}" : undefined;
    expect(await outcome(call(method, path, raw === undefined ? {} : { raw }))).toEqual(notFound);
    expect(await outcome(admin.call(method, path))).toEqual(notFound);
  });

  it.each([
    ["PUT", "/api/v1/hosts", "GET, HEAD"],
    ["POST", "/api/v1/hosts/", "GET, HEAD"],
    ["POST", "/api/hosts", "GET, HEAD"],
    ["POST", "/api/hosts/", "GET, HEAD"],
    ["GET", "/api/v1/collect/", "POST"],
    ["DELETE", `/api/v1${HEARTBEAT}/`, "POST"],
    ["GET", "/api/v1/checks/executions/start/", "POST"],
    ["GET", "/api/v1/collect", "POST"],
    ["GET", "/api/collect", "POST"],
    ["DELETE", "/api/v1/collect", "POST"],
    ["GET", `/api/v1${HEARTBEAT}`, "POST"],
    ["GET", `/api${HEARTBEAT}`, "POST"],
    ["GET", "/api/session", "POST"],
    ["PUT", "/api/v1/settings/api_key", "GET, HEAD, PATCH"],
    ["PATCH", `/api/v1/hosts/${ID}`, "DELETE"],
    ["PUT", "/api/checks/executions/start", "POST"],
    ["GET", "/api/v1/checks/executions/start", "POST"],
    ["POST", "/api/doc", "GET, HEAD"],
    ["OPTIONS", "/api/v1/hosts", "GET, HEAD"],
    ["PROPFIND", "/api/v1/hosts", "GET, HEAD"],
  ])("is a method that a path does not have, which has others: %s %s", async (method, path, allowed) => {
    const { status, body, headers } = await call(method, path);
    expect({ status, body }).toEqual(
      refused(405, "Method Not Allowed", "The resource does not take this method."),
    );
    expect(headers.get("allow")).toBe(allowed);
  });
});

describe("a slash at the end", () => {
  it.each([
    ["GET", "/api/v1/hosts/"],
    ["GET", "/api/v1/sap_systems/health/"],
    ["GET", "/api/v1/activity_log/?first=1"],
    ["GET", "/api/v1/settings/api_key/"],
    ["GET", "/wanda/api/v1/checks/executions/"],
    ["GET", "/api/v1/openapi/"],
  ])("says nothing: %s %s", async (method, path) => {
    const without = path.replace(/\/(\?|$)/, "$1");
    const [one, other] = [await admin.call(method, path), await admin.call(method, without)];
    expect(one.status).toBe(200);
    expect(other.status).toBe(200);
    expect(one.body).toEqual(other.body);
  });

  it("is taken after bodies, ids and texts as well, and in paths without a version", async () => {
    const path = `/api/v1/hosts/${ID}/tags`;
    expect((await admin.call("POST", `${path}/`, { json: { value: "slash" } })).status).toBe(201);
    expect((await admin.call("DELETE", `${path}/slash/`)).status).toBe(204);
    expect(await location("GET", "/api/hosts/")).toEqual({ status: 307, location: "/api/v1/hosts" });
    const agent = await admin.agent();
    const json = { agent_id: agent.id, discovery_type: "host_discovery", payload: hostPayload };
    expect((await agent.call("POST", "/api/v1/collect/", { json })).status).toBe(202);
    const large = await agent.call("POST", "/api/v1/collect/", {
      json: { ...json, more: "x".repeat(200_000) },
    });
    expect(large.status).not.toBe(413);
  });
});

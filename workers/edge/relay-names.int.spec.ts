/** Names that relays give themselves, beside the words of the API's own paths. */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { relayRoutes } from "../../checks/relay-messages.ts";
import { Administrator, type ApiAgent, call, done, invalid, outcome } from "../../test/api-client.ts";

let admin: Administrator;
let agent: ApiAgent;

beforeAll(async () => {
  admin = await Administrator.signIn();
});
beforeEach(async () => {
  agent = await admin.agent();
});

const waiting = async (relay: string) => {
  const { body: all } = await admin.call("GET", "/api/v1/relays");
  return Array.isArray(all) ? all.find((one) => one?.name === relay) : undefined;
};

describe("words of paths beside names that somebody gave", () => {
  const literal = { get: z.unknown(), post: z.unknown(), delete: z.unknown() };
  const documentSchema = z.object({ paths: z.record(z.string(), z.object(literal).partial()) });

  it("are those that no relay may have, and no others", async () => {
    const { body } = await call("GET", "/api/all/openapi");
    const paths = Object.keys(documentSchema.parse(body).paths);
    const isId = (parameter: string) => /^\{(id|\w+_id)\}$/.test(parameter);
    const named = paths
      .filter((path) => (path.match(/\{\w+\}/g) ?? []).some((parameter) => !isId(parameter)))
      .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`) }));
    const words = paths.filter((path) => named.some((one) => one.path !== path && one.pattern.test(path)));
    expect(words.sort()).toEqual(relayRoutes.map((route) => `/api/v1/relays/${route}`).sort());
  });

  it.each(relayRoutes)("a relay that comes is not called %s; one of before can be removed", async (route) => {
    const open = (called: string) =>
      agent.call("GET", `/api/v1/relays/${called}/socket`, { headers: { upgrade: "websocket" } });
    const refusal = invalid([
      "/name",
      "must be none of heartbeats, discoveries, facts, executions, which are paths of the API",
    ]);
    expect(await outcome(open(route))).toEqual(refusal);
    expect(await outcome(open(route.toUpperCase()))).toEqual(refusal);
    expect(await waiting(route)).toBeUndefined();
    await env.DB.prepare("INSERT INTO relays (name, first_seen_at, connected_at) VALUES (?1, ?2, ?2)")
      .bind(route, new Date().toISOString())
      .run();
    expect(await waiting(route)).toMatchObject({ connected: false });
    const { status, headers } = await admin.call("GET", `/api/v1/relays/${route}`);
    expect([status, headers.get("allow")]).toEqual([405, "DELETE, POST"]);
    expect(await outcome(admin.call("DELETE", `/api/v1/relays/${route}`))).toEqual(done);
    expect(await waiting(route)).toBeUndefined();
  });
});

/** Names that relays give themselves, beside the words of the API's own paths. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { relayRoutes } from "../../checks/relay-messages.ts";
import { Administrator, type ApiAgent, call, invalid, outcome } from "../../test/api-client.ts";

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

  it.each(relayRoutes)("no relay is called %s, nor is one removed by that path", async (route) => {
    const open = (called: string) =>
      agent.call("GET", `/api/v1/relays/${called}/socket`, { headers: { upgrade: "websocket" } });
    const refusal = invalid([
      "/name",
      "must be none of heartbeats, discoveries, facts, executions, which are paths of the API",
    ]);
    expect(await outcome(open(route))).toEqual(refusal);
    expect(await outcome(open(route.toUpperCase()))).toEqual(refusal);
    expect(await waiting(route)).toBeUndefined();
    for (const method of ["GET", "DELETE"] as const) {
      const { status, headers } = await admin.call(method, `/api/v1/relays/${route}`);
      expect([method, status, headers.get("allow")]).toEqual([method, 405, "POST"]);
    }
  });
});

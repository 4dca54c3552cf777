/** Health and readiness, asked without credentials. */
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { call, outcome } from "../../test/api-client.ts";

describe("GET /api/healthz", () => {
  afterEach(async () => {
    await env.DB.prepare("ALTER TABLE hosts_away RENAME TO hosts")
      .run()
      .catch(() => undefined);
  });

  it("passes while the database answers", async () => {
    expect(await outcome(call("GET", "/api/healthz"))).toEqual({ status: 200, body: { database: "pass" } });
  });

  it("fails when it does not", async () => {
    await env.DB.prepare("ALTER TABLE hosts RENAME TO hosts_away").run();
    expect(await outcome(call("GET", "/api/healthz"))).toEqual({ status: 500, body: { database: "fail" } });
  });

  it("answers HEAD without a body", async () => {
    expect(await outcome(call("HEAD", "/api/healthz"))).toEqual({ status: 200, body: null });
  });
});

describe("GET /api/readyz", () => {
  it("is ready", async () => {
    expect(await outcome(call("GET", "/api/readyz"))).toEqual({ status: 200, body: { ready: true } });
  });

  it.each(["users", "api_key_settings"])("is not while there is no table %s", async (table) => {
    await env.DB.prepare(`ALTER TABLE ${table} RENAME TO away`).run();
    const answer = await call("GET", "/api/readyz");
    await env.DB.prepare(`ALTER TABLE away RENAME TO ${table}`).run();
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "1"]);
  });
});

/** Which keys the doors of the agents take. */
import { env } from "cloudflare:workers";
import { SignJWT } from "jose";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Administrator, ApiAgent, accepted, call, outcome, unauthorized } from "../../test/api-client.ts";
import { apiKeyOf } from "./tokens.ts";

const AGENT = "9cd46919-5f19-59aa-993e-cf3736c71053";
const SETTINGS = "/api/v1/settings/api_key";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Knocks with a discovery that changes nothing. */
function knock(key: string) {
  return outcome(new ApiAgent(AGENT, key).collect("ha_cluster_discovery", null));
}

function pass(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

describe("an agent's door", () => {
  it("opens with the key of the settings, whatever the case of the header", async () => {
    const key = await admin.apiKey();
    expect(await knock(key)).toEqual(accepted);
    const json = { agent_id: AGENT, discovery_type: "ha_cluster_discovery", payload: null };
    const headers = { "X-Trento-ApiKey": key };
    expect(await outcome(call("POST", "/api/v1/collect", { json, headers }))).toEqual(accepted);
  });

  it("is closed without a key, before anything else is looked at", async () => {
    const agent = new ApiAgent("no id at all", "");
    expect(await outcome(agent.post({ raw: "no JSON" }))).toEqual(unauthorized);
    expect(await outcome(agent.post({ raw: "x".repeat(8_000_001) }))).toEqual(unauthorized);
    expect(await outcome(agent.beat())).toEqual(unauthorized);
  });

  it("is closed to garbage and to an access token", async () => {
    const key = await admin.apiKey();
    for (const wrong of ["garbage", "a.b.c", `${key}x`, key.slice(0, -3), `Bearer ${key}`, admin.token]) {
      expect(await knock(wrong)).toEqual(unauthorized);
    }
  });

  it("does not take the key as a bearer token", async () => {
    const headers = { authorization: `Bearer ${await admin.apiKey()}` };
    expect(await outcome(call("POST", "/api/v1/collect", { json: {}, headers }))).toEqual(unauthorized);
  });

  it("is closed to keys that were signed elsewhere, or under another id", async () => {
    const settings = { jti: crypto.randomUUID(), created_at: "2026-01-01T00:00:00Z", expire_at: null };
    expect(await knock(await apiKeyOf(settings, "a wrong secret"))).toEqual(unauthorized);
    expect(await knock(await apiKeyOf(settings, env.ACCESS_TOKEN_ENC_SECRET))).toEqual(unauthorized);
    const withoutId = await new SignJWT({
      iss: "https://github.com/trento-project/web",
      aud: "trento_api_key",
    })
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime("1h")
      .sign(new TextEncoder().encode(env.ACCESS_TOKEN_ENC_SECRET));
    expect(await knock(withoutId)).toEqual(unauthorized);
  });

  it("is closed five seconds after the key was rotated elsewhere", async () => {
    pass(0);
    const old = await admin.apiKey();
    expect(await knock(old)).toEqual(accepted);
    // As another isolate does: this one is not told.
    await env.DB.prepare("UPDATE api_key_settings SET jti = ?").bind(crypto.randomUUID()).run();
    pass(4_999);
    expect(await knock(old)).toEqual(accepted);
    pass(1);
    expect(await knock(old)).toEqual(unauthorized);
  });

  it("is closed to a rotated key at once, and open with the new one", async () => {
    const old = await admin.apiKey();
    expect(await knock(old)).toEqual(accepted);
    await admin.call("PATCH", SETTINGS, { json: { expire_at: null } });
    expect(await knock(old)).toEqual(unauthorized);
    expect(await outcome(new ApiAgent(AGENT, old).beat())).toEqual(unauthorized);
    const fresh = await admin.apiKey();
    expect(fresh).not.toBe(old);
    expect(await knock(fresh)).toEqual(accepted);
  });

  it("is closed to a key that expired, though it was good before", async () => {
    const expire_at = new Date(Date.now() + 60_000).toISOString();
    await admin.call("PATCH", SETTINGS, { json: { expire_at } });
    const key = await admin.apiKey();
    expect(await knock(key)).toEqual(accepted);
    pass(61_000);
    expect(await knock(key)).toEqual(unauthorized);
  });

  it("is closed to a key that had expired before it was made, as it could be once", async () => {
    pass(0);
    await env.DB.prepare("UPDATE api_key_settings SET expire_at = '2020-01-01T00:00:00Z'").run();
    pass(5_000);
    expect(await knock(await admin.apiKey())).toEqual(unauthorized);
    await admin.call("PATCH", SETTINGS, { json: { expire_at: null } });
    expect(await knock(await admin.apiKey())).toEqual(accepted);
  });

  it("stays open for a key without expiry when years have passed", async () => {
    await admin.call("PATCH", SETTINGS, { json: { expire_at: null } });
    const key = await admin.apiKey();
    pass(90 * 365.25 * 86_400_000);
    expect(await knock(key)).toEqual(accepted);
  });
});

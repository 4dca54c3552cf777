/** Which tokens open the protected API. */
import { env } from "cloudflare:workers";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Administrator, call, outcome, unauthorized } from "../../test/api-client.ts";
import { issueAccessToken, issueRefreshToken } from "./tokens.ts";

const secret = env.ACCESS_TOKEN_ENC_SECRET;

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Claims of a good token, changed; undefined leaves one out. */
function claims(changed: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: "https://github.com/trento-project/web",
    aud: "trento_app",
    typ: "Bearer",
    sub: 1,
    jti: crypto.randomUUID(),
    iat: now,
    nbf: now,
    exp: now + 180,
    ...changed,
  };
}

function signed(changed: Record<string, unknown>, signedWith = secret, alg = "HS256"): Promise<string> {
  return new SignJWT(claims(changed)).setProtectedHeader({ alg }).sign(new TextEncoder().encode(signedWith));
}

function get(authorization?: string) {
  const headers = authorization === undefined ? {} : { authorization };
  return outcome(call("GET", "/api/v1/hosts", { headers }));
}

describe("the protected API", () => {
  it("is open with an access token, whatever the case of the scheme", async () => {
    expect((await get(`Bearer ${admin.token}`)).status).toBe(200);
    expect((await get(`bearer ${admin.token}`)).status).toBe(200);
    expect((await get(`Bearer ${await signed({})}`)).status).toBe(200);
  });

  it("is closed without a token", async () => {
    expect(await get()).toEqual(unauthorized);
    for (const header of ["", "Bearer", "Bearer ", admin.token, `Basic ${btoa("admin:admin")}`]) {
      expect(await get(header)).toEqual(unauthorized);
    }
  });

  it("does not take a token from the query", async () => {
    expect(await outcome(call("GET", `/api/v1/hosts?access_token=${admin.token}`))).toEqual(unauthorized);
  });

  it("is closed to garbage", async () => {
    const [header, payload, signature] = admin.token.split(".");
    const tokens = [
      "garbage",
      "..",
      "a.b.c",
      "trento_pat_garbage",
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${btoa('{"sub":1}')}.${signature}`,
      "x".repeat(20_000),
    ];
    for (const token of tokens) expect(await get(`Bearer ${token}`)).toEqual(unauthorized);
  });

  it("is closed to what another secret has signed, or nobody, or another algorithm", async () => {
    const tokens = [
      await signed({}, "a wrong secret"),
      await signed({}, env.REFRESH_TOKEN_ENC_SECRET),
      await signed({}, secret, "HS512"),
      new UnsecuredJWT(claims()).encode(),
    ];
    for (const token of tokens) expect(await get(`Bearer ${token}`)).toEqual(unauthorized);
  });

  it.each<[string, Record<string, unknown>]>([
    ["for another audience", { aud: "trento_api_key" }],
    ["for no audience", { aud: undefined }],
    ["of another issuer", { iss: "https://example.org" }],
    ["that expired", { exp: Math.floor(Date.now() / 1000) - 1 }],
    ["that never expires", { exp: undefined }],
    ["that is not valid yet", { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ["of another type", { typ: "Refresh" }],
    ["of no type", { typ: undefined }],
    ["of a user that is not there", { sub: 99 }],
    ["whose subject is no number", { sub: "1" }],
    ["without a subject", { sub: undefined }],
  ])("is closed to a token %s", async (_, changed) => {
    expect(await get(`Bearer ${await signed(changed)}`)).toEqual(unauthorized);
  });

  it("is closed to refresh tokens and to the API key", async () => {
    const refreshToken = await issueRefreshToken(1, env.REFRESH_TOKEN_ENC_SECRET);
    expect(await get(`Bearer ${refreshToken}`)).toEqual(unauthorized);
    expect(await get(`Bearer ${await admin.apiKey()}`)).toEqual(unauthorized);
    const headers = { "x-trento-apikey": await admin.apiKey() };
    expect(await outcome(call("GET", "/api/v1/hosts", { headers }))).toEqual(unauthorized);
  });

  it("closes after 180 seconds", async () => {
    const token = await issueAccessToken(1, secret);
    const issued = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: issued + 178_000 });
    expect((await get(`Bearer ${token}`)).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: issued + 181_000 });
    expect(await get(`Bearer ${token}`)).toEqual(unauthorized);
  });
});

/** What introspection tells of a token. */
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Administrator, call, invalid, outcome, refused } from "../../test/api-client.ts";
import { issueAccessToken, issueRefreshToken } from "./tokens.ts";

const PATH = "/api/session/token/introspect";
const introspect = (json: unknown) => outcome(call("POST", PATH, { json }));
const inactive = { status: 200, body: { active: false } };

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("POST /api/session/token/introspect", () => {
  it("tells whose a token is, its abilities and its claims", async () => {
    const { sub, exp, iat, nbf, iss, aud, jti } = decodeJwt(admin.token);
    const { status, body } = await introspect({ token: admin.token });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      active: true,
      abilities: [{ name: "all", resource: "all" }],
      ...{ sub, exp, iat, nbf, iss, aud, jti },
    });
    expect(sub).toBe(1);
  });

  it("answers the same for the same token", async () => {
    const first = await introspect({ token: admin.token });
    expect(first).toMatchObject({ status: 200, body: { active: true } });
    expect(await introspect({ token: admin.token })).toEqual(first);
  });

  it("calls inactive what opens no door", async () => {
    const tokens = [
      "",
      "garbage",
      "a.b.c",
      "trento_pat_garbage",
      `${admin.token}x`,
      await admin.apiKey(),
      await issueRefreshToken(1, env.REFRESH_TOKEN_ENC_SECRET),
      await issueAccessToken(1, "a wrong secret"),
      await issueAccessToken(99, env.ACCESS_TOKEN_ENC_SECRET),
    ];
    for (const token of tokens) expect(await introspect({ token })).toEqual(inactive);
  });

  it("calls an expired token inactive", async () => {
    const token = await issueAccessToken(1, env.ACCESS_TOKEN_ENC_SECRET);
    expect((await introspect({ token })).body).toMatchObject({ active: true });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 181_000 });
    expect(await introspect({ token })).toEqual(inactive);
  });

  it("answers 422 for missing and unexpected fields, 400 for no JSON", async () => {
    expect(await introspect({})).toEqual(invalid(["/token", "Missing field: token"]));
    expect(await introspect({ token: "x", hint: "y" })).toEqual(invalid(["/hint", "Unexpected field: hint"]));
    expect(await introspect({ token: 5 })).toMatchObject({
      status: 422,
      body: { errors: [{ title: "Invalid value", source: { pointer: "/token" } }] },
    });
    expect(await outcome(call("POST", PATH, { raw: "{" }))).toEqual(
      refused(400, "Bad Request", "Malformed JSON in request body"),
    );
  });
});

/** Sign-in and refresh over HTTP. */
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { call, credentials, invalid, outcome, refused, tokensSchema } from "../../test/api-client.ts";
import { HashingTurns } from "../auth/hashing-turns.ts";
import { issueAccessToken, issueRefreshToken } from "../auth/tokens.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const wrongCredentials = refused(401, "Unauthorized", "Invalid credentials.");
const wrongRefreshToken = refused(401, "Unauthorized", "Invalid refresh token.");
const notJson = refused(400, "Bad Request", "Malformed JSON in request body");

const login = (json: unknown) => outcome(call("POST", "/api/session", { json }));
const refresh = (json: unknown) => outcome(call("POST", "/api/session/refresh", { json }));

describe("POST /api/session", () => {
  it("answers tokens with the claims of the contract", async () => {
    const { status, body } = await login(credentials);
    expect(status).toBe(200);
    const { access_token, refresh_token } = tokensSchema.parse(body);
    const access = decodeJwt(access_token);
    const refreshing = decodeJwt(refresh_token);
    const common = { iss: "https://github.com/trento-project/web", aud: "trento_app", sub: 1 };
    expect(access).toMatchObject({ ...common, typ: "Bearer", jti: expect.any(String) });
    expect(refreshing).toMatchObject({ ...common, typ: "Refresh", jti: expect.any(String) });
    const age = ({ exp = 0, iat = 0, nbf = 0 }) => [exp - iat, iat - nbf];
    expect([age(access), age(refreshing)]).toEqual([
      [180, 0],
      [21_600, 0],
    ]);
    expect(Math.abs((access.iat ?? 0) - Date.now() / 1000)).toBeLessThan(30);
  });

  it("refuses a wrong password", async () => {
    expect(await login({ ...credentials, password: "wrong" })).toEqual(wrongCredentials);
    expect(await login({ ...credentials, password: "" })).toEqual(wrongCredentials);
  });

  it("refuses an unknown user in the same words", async () => {
    expect(await login({ ...credentials, username: "nobody" })).toEqual(wrongCredentials);
    expect(await login({ ...credentials, username: "" })).toEqual(wrongCredentials);
    expect(await login({ ...credentials, username: "Admin" })).toEqual(wrongCredentials);
    expect(await login({ ...credentials, username: "admin' OR '1'='1" })).toEqual(wrongCredentials);
  });

  it("takes a password of any letters for wrong", async () => {
    expect(await login({ ...credentials, password: "\u202eß 😀" })).toEqual(wrongCredentials);
  });

  it("refuses NUL, which would not count at the end of a password, and half characters", async () => {
    expect(await login({ ...credentials, password: `${credentials.password}\u0000` })).toEqual(
      invalid(["/password", "must not hold control characters"]),
    );
    expect(await login({ ...credentials, username: "\ud800" })).toEqual(
      invalid(["/username", "has invalid format"]),
    );
  });

  it("sends away whom too many others are before, with the time to come again", async () => {
    vi.spyOn(HashingTurns.prototype, "take").mockResolvedValue({ status: "busy", retryAfter: 3 });
    const { status, headers, body } = await call("POST", "/api/session", { json: credentials });
    expect({ status, body }).toEqual(
      refused(429, "Too Many Requests", "Too many sign in at the same time. Try again later."),
    );
    expect(headers.get("retry-after")).toBe("3");
  });

  it("points to every missing field", async () => {
    expect(await login({ username: "admin" })).toEqual(invalid(["/password", "Missing field: password"]));
    expect(await login({})).toEqual(
      invalid(["/username", "Missing field: username"], ["/password", "Missing field: password"]),
    );
  });

  it("points to fields that nobody asked for", async () => {
    expect(await login({ ...credentials, remember: true })).toEqual(
      invalid(["/remember", "Unexpected field: remember"]),
    );
    expect(await login({ ...credentials, "a/b~c": 1 })).toEqual(
      invalid(["/a~1b~0c", "Unexpected field: a/b~c"]),
    );
  });

  it.each([[5], [null], [["admin"]], [{ name: "admin" }], [true]])(
    "points to a username that is %j, and does not call it missing",
    async (username) => {
      const { status, body } = await login({ ...credentials, username });
      expect(status).toBe(422);
      expect(body).toEqual({
        errors: [
          {
            title: "Invalid value",
            detail: expect.not.stringContaining("Missing field"),
            source: { pointer: "/username" },
          },
        ],
      });
    },
  );

  it("wants a code of six digits where one is sent", async () => {
    for (const totp_code of ["12345", "1234567", "12a456", "١٢٣٤٥٦", "123456\n"]) {
      expect(await login({ ...credentials, totp_code })).toEqual(
        invalid(["/totp_code", "has invalid format"]),
      );
    }
  });

  it.each(["{", "", "nonsense", '{"username":"admin",}', "\ufeff\ufeff{}"])(
    "answers 400 for a body that is no JSON: %j",
    async (raw) => {
      expect(await outcome(call("POST", "/api/session", { raw }))).toEqual(notJson);
    },
  );

  it.each(["[]", "null", '"admin"', "5"])("answers 422 for JSON that is no object: %s", async (raw) => {
    const { status, body } = await call("POST", "/api/session", { raw });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ title: "Invalid value", source: { pointer: "" } }] });
  });

  it("answers 422, in short, for what is built to hurt", async () => {
    const nested = `{"username":"admin","password":${"[".repeat(40_000)}${"]".repeat(40_000)}}`;
    expect((await call("POST", "/api/session", { raw: nested })).status).toBe(422);
    const many = Object.fromEntries(Array.from({ length: 7_000 }, (_, index) => [`k${index}`, 1]));
    const { status, body } = await login({ ...credentials, ...many });
    expect(status).toBe(422);
    expect(z.object({ errors: z.array(z.unknown()) }).parse(body).errors.length).toBeLessThanOrEqual(50);
  });

  it("answers 422 for very long values, and does not hash them", async () => {
    const { status, body } = await login({ username: "a".repeat(40_000), password: "b".repeat(40_000) });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      errors: [{ source: { pointer: "/username" } }, { source: { pointer: "/password" } }],
    });
  });

  it("answers 413 for more than anybody needs to sign in", async () => {
    const { status } = await login({ username: "admin", password: "b".repeat(100_001) });
    expect(status).toBe(413);
  });
});

describe("POST /api/session/refresh", () => {
  it("answers a new access token that opens doors", async () => {
    const { refresh_token } = tokensSchema.parse((await login(credentials)).body);
    const { status, body } = await refresh({ refresh_token });
    expect(status).toBe(200);
    const refreshed = z.strictObject({ access_token: z.string(), expires_in: z.literal(180) }).parse(body);
    const headers = { authorization: `Bearer ${refreshed.access_token}` };
    expect((await call("GET", "/api/v1/hosts", { headers })).status).toBe(200);
  });

  it("refuses an access token", async () => {
    const { access_token } = tokensSchema.parse((await login(credentials)).body);
    expect(await refresh({ refresh_token: access_token })).toEqual(wrongRefreshToken);
    const signedAsRefresh = await issueAccessToken(1, env.REFRESH_TOKEN_ENC_SECRET);
    expect(await refresh({ refresh_token: signedAsRefresh })).toEqual(wrongRefreshToken);
  });

  it("refuses garbage, another's signature, and a user that is not there", async () => {
    const forged = await issueRefreshToken(1, env.ACCESS_TOKEN_ENC_SECRET);
    const nobody = await issueRefreshToken(99, env.REFRESH_TOKEN_ENC_SECRET);
    for (const refresh_token of ["", "garbage", "a.b.c", forged, nobody]) {
      expect(await refresh({ refresh_token })).toEqual(wrongRefreshToken);
    }
  });

  it("answers 422 for missing and unexpected fields, 400 for no JSON", async () => {
    expect(await refresh({})).toEqual(invalid(["/refresh_token", "Missing field: refresh_token"]));
    expect(await refresh({ refresh_token: "x", more: 1 })).toEqual(
      invalid(["/more", "Unexpected field: more"]),
    );
    expect(await outcome(call("POST", "/api/session/refresh", { raw: "{" }))).toEqual(notJson);
  });
});

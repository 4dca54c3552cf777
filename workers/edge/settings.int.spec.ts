/** The settings of the API key. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import {
  Administrator,
  apiKeySchema,
  call,
  invalid,
  outcome,
  refused,
  unauthorized,
} from "../../test/api-client.ts";

const PATH = "/api/v1/settings/api_key";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

async function rotate(expire_at: string | null) {
  const { status, body } = await admin.call("PATCH", PATH, { json: { expire_at } });
  expect(status).toBe(200);
  return apiKeySchema.parse(body);
}

describe("GET /api/v1/settings/api_key", () => {
  it("answers the key, the same each time", async () => {
    const first = await admin.call("GET", PATH);
    expect(first.status).toBe(200);
    const { generated_api_key, created_at, expire_at } = apiKeySchema.parse(first.body);
    expect((await admin.call("GET", PATH)).body).toEqual(first.body);
    expect(expire_at).toBeNull();
    const claims = decodeJwt(generated_api_key);
    expect(claims).toMatchObject({ iss: "https://github.com/trento-project/web", aud: "trento_api_key" });
    const years = (claims.exp ?? 0) - Date.parse(created_at) / 1000;
    expect(Math.round(years / (365.25 * 86_400))).toBe(100);
  });

  it("is for users alone", async () => {
    expect(await outcome(call("GET", PATH))).toEqual(unauthorized);
    expect(await outcome(call("PATCH", PATH, { json: { expire_at: null } }))).toEqual(unauthorized);
    expect(await outcome(call("PATCH", PATH, { raw: "{" }))).toEqual(unauthorized);
    const headers = { "x-trento-apikey": await admin.apiKey() };
    expect(await outcome(call("GET", PATH, { headers }))).toEqual(unauthorized);
  });
});

describe("PATCH /api/v1/settings/api_key", () => {
  it("makes another key each time, without expiry for null", async () => {
    const [first, second] = [await rotate(null), await rotate(null)];
    expect([first.expire_at, second.expire_at]).toEqual([null, null]);
    expect(second.generated_api_key).not.toBe(first.generated_api_key);
    expect(apiKeySchema.parse((await admin.call("GET", PATH)).body)).toEqual(second);
  });

  it("takes a time, with any offset, and answers it in UTC", async () => {
    const { expire_at, generated_api_key } = await rotate("2099-05-01T12:00:00+02:00");
    expect(expire_at).toBe("2099-05-01T10:00:00.000Z");
    expect(decodeJwt(generated_api_key).exp).toBe(Date.parse("2099-05-01T10:00:00Z") / 1000);
    expect((await rotate("2098-05-01T10:00:00Z")).expire_at).toBe("2098-05-01T10:00:00.000Z");
    expect((await rotate(null)).expire_at).toBeNull();
  });

  it.each(["tomorrow", "", "2099-02-30T00:00:00Z", "2099-13-01T00:00:00Z", "2099-01-01T00:00:00+99:99"])(
    "answers 422 for %j, and keeps the key",
    async (expire_at) => {
      const before = await admin.apiKey();
      const answer = await outcome(admin.call("PATCH", PATH, { json: { expire_at } }));
      expect(answer).toEqual(invalid(["/expire_at", "is invalid"]));
      expect(await admin.apiKey()).toBe(before);
    },
  );

  it.each([
    ["2000-01-01T00:00:00Z", "must be in the future"],
    ["9999-12-31T23:59:59-23:59", "is too far in the future"],
  ])("does not take %s, and leaves the key as it is", async (expire_at, reason) => {
    const before = await admin.apiKey();
    const answer = await outcome(admin.call("PATCH", PATH, { json: { expire_at } }));
    expect(answer).toEqual(invalid(["/expire_at", reason]));
    expect(await admin.apiKey()).toBe(before);
  });

  it.each([[5], [true], [[]], [{}]])("answers that %j is invalid, not missing", async (expire_at) => {
    const answer = await outcome(admin.call("PATCH", PATH, { json: { expire_at } }));
    expect(answer).toEqual(invalid(["/expire_at", "is invalid"]));
  });

  it("answers 422 for a missing and an unexpected field, 400 for no JSON", async () => {
    expect(await outcome(admin.call("PATCH", PATH, { json: {} }))).toEqual(
      invalid(["/expire_at", "Missing field: expire_at"]),
    );
    expect(await outcome(admin.call("PATCH", PATH, { json: { expire_at: null, jti: "x" } }))).toEqual(
      invalid(["/jti", "Unexpected field: jti"]),
    );
    expect(await outcome(admin.call("PATCH", PATH, { raw: "{" }))).toEqual(
      refused(400, "Bad Request", "Malformed JSON in request body"),
    );
  });
});

/** What a user without abilities may do, and one that is no longer there. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, type Asked, call, outcome, refused, unauthorized } from "../../test/api-client.ts";
import { hashPassword } from "./passwords.ts";
import { issueAccessToken, issueRefreshToken } from "./tokens.ts";

const forbidden = refused(403, "Forbidden", "You can't perform the operation or access the resource.");
const READER = 2;

let admin: Administrator;
let token: string;

beforeAll(async () => {
  admin = await Administrator.signIn();
  await env.DB.prepare(
    "INSERT INTO users (id, username, password_hash, inserted_at, updated_at) VALUES (?, 'reader', ?, '', '')",
  )
    .bind(READER, await hashPassword("a reader's password"))
    .run();
  token = await issueAccessToken(READER, env.ACCESS_TOKEN_ENC_SECRET);
});

function asReader(method: string, path: string, asked: Asked = {}) {
  return outcome(call(method, path, { ...asked, headers: { authorization: `Bearer ${token}` } }));
}

describe("a user without abilities", () => {
  it("signs in, and is told of no abilities", async () => {
    const json = { username: "reader", password: "a reader's password" };
    expect((await call("POST", "/api/session", { json })).status).toBe(200);
    const { body } = await call("POST", "/api/session/token/introspect", { json: { token } });
    expect(body).toMatchObject({ active: true, sub: READER, abilities: [] });
  });

  it("reads", async () => {
    for (const path of ["/hosts", "/about", `/agents/${crypto.randomUUID()}/discoveries`]) {
      expect((await asReader("GET", `/api/v1${path}`)).status).toBe(200);
    }
  });

  it("changes nothing", async () => {
    const agent = await admin.agent();
    await agent.collect("host_discovery", hostPayload);
    const host = `/api/v1/hosts/${agent.id}`;
    await admin.call("POST", `${host}/tags`, { json: { value: "prod" } });
    expect(await asReader("DELETE", host)).toEqual(forbidden);
    expect(await asReader("POST", `${host}/tags`, { json: { value: "eu" } })).toEqual(forbidden);
    expect(await asReader("DELETE", `${host}/tags/prod`)).toEqual(forbidden);
    await expect
      .poll(async () => (await admin.host(agent.id))?.tags.map(({ value }) => value))
      .toEqual(["prod"]);
  });

  it("may not set a manager for software updates, nor dismiss what an agent reports, but try the manager", async () => {
    const manager = "/api/v1/settings/suse_manager";
    for (const method of ["POST", "PUT", "PATCH"])
      expect(await asReader(method, manager, { json: {} }), method).toEqual(forbidden);
    expect(await asReader("DELETE", manager)).toEqual(forbidden);
    expect(await asReader("DELETE", `/api/v1/agents/${crypto.randomUUID()}/discoveries`)).toEqual(forbidden);
    expect(await asReader("POST", `${manager}/test`)).toEqual(
      refused(422, "Unprocessable Entity", "Connection with software updates provider failed."),
    );
  });

  it("does not see the API key, and does not rotate it", async () => {
    const before = await admin.apiKey();
    const path = "/api/v1/settings/api_key";
    expect(await asReader("GET", path)).toEqual(forbidden);
    expect(await asReader("PATCH", path, { json: { expire_at: null } })).toEqual(forbidden);
    expect(await admin.apiKey()).toBe(before);
  });
});

describe("a user that is deleted", () => {
  it("is nobody, whatever tokens are left", async () => {
    const refresh_token = await issueRefreshToken(READER, env.REFRESH_TOKEN_ENC_SECRET);
    await env.DB.prepare("DELETE FROM users WHERE id = ?").bind(READER).run();
    expect(await asReader("GET", "/api/v1/hosts")).toEqual(unauthorized);
    expect(await outcome(call("POST", "/api/session/token/introspect", { json: { token } }))).toEqual({
      status: 200,
      body: { active: false },
    });
    expect(await outcome(call("POST", "/api/session/refresh", { json: { refresh_token } }))).toEqual(
      refused(401, "Unauthorized", "Invalid refresh token."),
    );
    const json = { username: "reader", password: "a reader's password" };
    expect(await outcome(call("POST", "/api/session", { json }))).toEqual(
      refused(401, "Unauthorized", "Invalid credentials."),
    );
  });
});

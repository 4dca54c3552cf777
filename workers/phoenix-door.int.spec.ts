/** Who is let to the socket for clients written for Trento. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { connect } from "../party/phoenix-client.spec.ts";
import { Administrator, call } from "../test/api-client.ts";
import { ACCESS_TOKEN_LIFE, issueAccessToken, issueRefreshToken } from "./auth/tokens.ts";

const secret = env.ACCESS_TOKEN_ENC_SECRET;

// The administrator is in the table once somebody has signed in.
beforeAll(async () => {
  await Administrator.signIn();
});

afterEach(() => {
  vi.useRealTimers();
});

// There is nobody before the administrator has signed in.
beforeAll(async () => {
  await Administrator.signIn();
});

const statusWith = async (query: Readonly<Record<string, string>>) => {
  const { status, webSocket } = await connect({ vsn: "2.0.0", ...query });
  webSocket?.accept();
  webSocket?.close();
  return status;
};

describe("the door", () => {
  it("lets in with an access token", async () => {
    expect(await statusWith({ access_token: await issueAccessToken(1, secret) })).toBe(101);
  });

  it.each<[string, () => Promise<Record<string, string>>]>([
    ["no token", async () => ({})],
    ["an empty one", async () => ({ access_token: "" })],
    ["what is none", async () => ({ access_token: "no token" })],
    ["one signed by somebody else", async () => ({ access_token: await issueAccessToken(1, "another") })],
    ["one of a user who is not there", async () => ({ access_token: await issueAccessToken(99, secret) })],
    ["a refresh token", async () => ({ access_token: await issueRefreshToken(1, secret) })],
    ["one of nobody", async () => ({ access_token: await issueAccessToken(99, secret) })],
    ["an agent's key", async () => ({ access_token: await (await Administrator.signIn()).apiKey() })],
    ["one of another name", async () => ({ token: await issueAccessToken(1, secret) })],
  ])("refuses %s", async (_, query) => {
    expect(await statusWith(await query())).toBe(403);
  });

  it("refuses a token from the moment it expires", async () => {
    const access_token = await issueAccessToken(1, secret);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + (ACCESS_TOKEN_LIFE + 1) * 1000 });
    expect(await statusWith({ access_token })).toBe(403);
  });

  it.each(["1.0.0", "", "2", "3.0.0"])("does not speak version %j", async (vsn) => {
    expect(await statusWith({ access_token: await issueAccessToken(1, secret), vsn })).toBe(400);
  });

  it("is for WebSockets", async () => {
    const query = new URLSearchParams({ access_token: await issueAccessToken(1, secret), vsn: "2.0.0" });
    expect((await call("GET", `/socket/websocket?${query}`)).status).toBe(426);
  });

  it("does not take a user's id from who knocks", async () => {
    const headers = { Upgrade: "websocket", "x-user": '{"id":1,"username":"admin","seesUsers":true}' };
    expect((await call("GET", "/socket/websocket?vsn=2.0.0", { headers })).status).toBe(403);
  });
});

describe("what else Phoenix has below /socket", () => {
  it.each(["/socket/longpoll", "/socket/websocket/", "/socket/", "/socket/x"])(
    "%s is not there",
    async (path) => {
      const access_token = await issueAccessToken(1, secret);
      expect((await call("GET", `${path}?access_token=${access_token}&vsn=2.0.0`)).status).toBe(404);
    },
  );
});

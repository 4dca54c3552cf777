/** Who is let into the rooms. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { roomPath, topics } from "../party/messages.ts";
import { knock } from "../party/room-client.spec.ts";
import { call } from "../test/api-client.ts";
import { issueAccessToken, issueRefreshToken } from "./auth/tokens.ts";

const secret = env.ACCESS_TOKEN_ENC_SECRET;

async function statusOf(path: string, query: Readonly<Record<string, string>>): Promise<number> {
  const { status, webSocket } = await knock(path, query);
  webSocket?.accept();
  webSocket?.close();
  return status;
}

describe("the door of the rooms", () => {
  it.each(topics)("opens that of %s with an access token", async (topic) => {
    const access_token = await issueAccessToken(1, secret);
    expect(await statusOf(roomPath(topic), { access_token })).toBe(101);
  });

  it("stays closed without one", async () => {
    const path = roomPath("hosts");
    const access_token = await issueRefreshToken(1, secret);
    for (const query of [{}, { access_token: "" }, { access_token: "none" }, { access_token }]) {
      expect(await statusOf(path, query)).toBe(401);
    }
  });

  it.each(["moon", "hosts/", "Hosts", "", "hosts/../clusters/x", "%68osts"])(
    "has no room called %j",
    async (name) => {
      const access_token = await issueAccessToken(1, secret);
      expect(await statusOf(`/parties/monitoring-room/${name}`, { access_token })).toBe(404);
    },
  );

  it("is for WebSockets", async () => {
    const access_token = await issueAccessToken(1, secret);
    expect((await call("GET", `${roomPath("hosts")}?access_token=${access_token}`)).status).toBe(426);
  });
});

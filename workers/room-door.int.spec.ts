/** Who is let into the rooms. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { roomPath, topics } from "../party/messages.ts";
import { knock } from "../party/room-client.spec.ts";
import { Administrator, call } from "../test/api-client.ts";
import { issueAccessToken, issueRefreshToken } from "./auth/tokens.ts";

const secret = env.ACCESS_TOKEN_ENC_SECRET;

// The administrator is in the table once somebody has signed in.
beforeAll(async () => {
  await Administrator.signIn();
});

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
    const ofNobody = await issueAccessToken(99, secret);
    const tokens = ["", "none", access_token, ofNobody];
    for (const query of [{}, ...tokens.map((token) => ({ access_token: token }))]) {
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

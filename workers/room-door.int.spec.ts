/** Who is let into the rooms. */
import { env, exports } from "cloudflare:workers";
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

  it("lets nobody say more than where they were", async () => {
    const access_token = await issueAccessToken(1, secret);
    for (const more of [{ _pk: "a".repeat(300) }, { since: "x".repeat(3_000), epoch: "%" }] as const) {
      const query = new URLSearchParams({ access_token, ...more });
      const { status, webSocket } = await exports.default.fetch(
        `https://trento.example${roomPath("hosts")}?${query}`,
        { headers: { Upgrade: "websocket", "x-partykit-props": "%%%", "x-partykit-room": "clusters" } },
      );
      expect(status).toBe(101);
      const first = Promise.withResolvers<unknown>();
      webSocket?.addEventListener("message", ({ data }) => first.resolve(JSON.parse(String(data))));
      webSocket?.accept();
      // Not what went wrong, and where in the program.
      expect(await first.promise).toEqual({
        type: expect.stringMatching(/^(welcome|refetch)$/),
        epoch: expect.any(String),
        sequence: expect.any(Number),
      });
      webSocket?.close();
    }
  });

  it("is for WebSockets", async () => {
    const access_token = await issueAccessToken(1, secret);
    expect((await call("GET", `${roomPath("hosts")}?access_token=${access_token}`)).status).toBe(426);
  });
});

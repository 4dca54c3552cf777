/** The socket for clients written for Trento: who is let in, who joins what, and what is told. */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { Administrator } from "../test/api-client.ts";
import { phoenixSocket } from "../workers/phoenix-door.ts";
import { connect, PhoenixClient } from "./phoenix-client.spec.ts";

const ok = { status: "ok", response: {} };
const refused = (reason: string) => ({ status: "error", response: { reason } });
const message = (topic: string, event: string) => ({ topic, event, payload: { id: event } });

let token = "";
beforeAll(async () => {
  token = (await Administrator.signIn()).token;
});

describe("the door", () => {
  it("lets in with an access token alone", async () => {
    expect((await connect({ vsn: "2.0.0" })).status).toBe(403);
    expect((await connect({ access_token: "no token", vsn: "2.0.0" })).status).toBe(403);
  });

  it("speaks one version of the protocol", async () => {
    expect((await connect({ access_token: token, vsn: "1.0.0" })).status).toBe(400);
    expect((await connect({ access_token: token })).status).toBe(400);
  });
});

describe("a topic", () => {
  it.each(["hosts", "clusters", "sap_systems", "databases", "executions", "operations"])(
    "monitoring:%s may be joined, also twice",
    async (name) => {
      const client = await PhoenixClient.connect(token);
      expect(await client.join(`monitoring:${name}`)).toEqual(ok);
      expect(await client.join(`monitoring:${name}`)).toEqual(ok);
      client.leave();
    },
  );

  it.each(["users", "activity_log", "ai_assistant"])("%s:<id> is for that user alone", async (name) => {
    const client = await PhoenixClient.connect(token);
    expect(await client.join(`${name}:1`)).toEqual(ok);
    expect(await client.join(`${name}:2`)).toEqual(refused("unauthorized"));
    client.leave();
  });

  it.each(["monitoring:moon", "hosts", "__proto__", ""])("%j is not there", async (topic) => {
    const client = await PhoenixClient.connect(token);
    expect(await client.join(topic)).toEqual(refused("unmatched topic"));
    client.leave();
  });

  it("is heard from its joining to its leaving", async () => {
    const client = await PhoenixClient.connect(token);
    const socket = phoenixSocket(env);
    await socket.publish([message("monitoring:hosts", "too early")]);
    await client.join("monitoring:hosts");
    await socket.publish([message("monitoring:hosts", "heard"), message("monitoring:clusters", "of others")]);
    expect(await client.push("monitoring:hosts", "phx_leave")).toEqual(ok);
    await socket.publish([message("monitoring:hosts", "too late")]);
    expect(await client.push("phoenix", "heartbeat", null)).toEqual(ok);
    expect(client.on("monitoring:hosts")).toEqual([
      ["heard", { id: "heard" }],
      ["phx_close", {}],
    ]);
    expect(client.on("monitoring:clusters")).toEqual([]);
    client.leave();
  });

  it("stays joined when the object is evicted", async () => {
    const client = await PhoenixClient.connect(token);
    await client.join("monitoring:hosts");
    await evictDurableObject(phoenixSocket(env));
    await phoenixSocket(env).publish([message("monitoring:hosts", "after")]);
    await expect.poll(() => client.on("monitoring:hosts")).toEqual([["after", { id: "after" }]]);
    client.leave();
  });

  it("takes nothing but being left", async () => {
    const client = await PhoenixClient.connect(token);
    expect(await client.push("monitoring:hosts", "phx_leave")).toEqual(refused("unmatched topic"));
    await client.join("monitoring:hosts");
    expect(await client.push("monitoring:hosts", "shout")).toEqual(refused("unknown event"));
    client.leave();
  });
});

describe("what is no message of the protocol", () => {
  it.each([
    ["no JSON", "hello"],
    ["an object", "{}"],
    ["four parts", '["1","1","monitoring:hosts","phx_join"]'],
    ["a number for a topic", '["1","1",7,"phx_join",{}]'],
    ["a frame too long", JSON.stringify(["1", "1", "monitoring:hosts", "phx_join", "x".repeat(20_000)])],
    ["bytes", new ArrayBuffer(8)],
  ])("%s closes the socket that sent it, and no other", async (_, frame) => {
    const [bad, good] = [await PhoenixClient.connect(token), await PhoenixClient.connect(token)];
    await good.join("monitoring:hosts");
    bad.raw(frame);
    await expect.poll(() => bad.closed).toBe(1003);
    await phoenixSocket(env).publish([message("monitoring:hosts", "still")]);
    await expect.poll(() => good.on("monitoring:hosts")).toEqual([["still", { id: "still" }]]);
    good.leave();
  });
});

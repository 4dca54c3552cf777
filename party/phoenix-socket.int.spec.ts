/** The socket for clients written for Trento: who is let in, who joins what, and what is told. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { Administrator, makeReader } from "../test/api-client.ts";
import { issueAccessToken } from "../workers/auth/tokens.ts";
import { phoenixSocket } from "../workers/phoenix-door.ts";
import { PhoenixClient } from "./phoenix-client.spec.ts";

const ok = { status: "ok", response: {} };
const refused = (reason: string) => ({ status: "error", response: { reason } });
const message = (topic: string, event: string) => ({ topic, event, payload: { id: event } });

const namesOfAll = async () => {
  const { results } = await env.DB.prepare("SELECT username FROM users ORDER BY id").all();
  return results.map(({ username }) => username);
};

let token = "";
beforeAll(async () => {
  token = (await Administrator.signIn()).token;
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
    const own = name === "ai_assistant" ? refused("ai_assistant_disabled") : ok;
    expect(await client.join(`${name}:1`)).toEqual(own);
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
    expect(await client.push("monitoring:hosts", "shout")).toEqual(refused("unmatched topic"));
    expect(await client.push("monitoring:hosts", "phx_leave")).toEqual(ok);
    await client.join("monitoring:hosts");
    expect(await client.push("monitoring:hosts", "shout")).toEqual(refused("unknown event"));
    client.leave();
  });

  it("is told under the reference of the last joining; the one before is closed, and its leaving is late", async () => {
    const client = await PhoenixClient.connect(token);
    const topic = "monitoring:hosts";
    expect(await client.join(topic, "first")).toEqual(ok);
    expect(await client.join(topic, 2)).toEqual(ok);
    client.raw(JSON.stringify(["first", "77", topic, "phx_leave", {}]));
    await phoenixSocket(env).publish([message(topic, "news")]);
    await expect.poll(() => client.on(topic).length).toBe(2);
    expect(client.heard.filter(([, , , event]) => event !== "phx_reply")).toEqual([
      ["first", "first", topic, "phx_close", {}],
      [2, null, topic, "news", { id: "news" }],
    ]);
    expect(client.heard.some(([, ref]) => ref === "77")).toBe(false);
    client.leave();
  });

  it("has long references remembered in all topics at once", async () => {
    const client = await PhoenixClient.connect(token);
    const long = "\u{1f98a}".repeat(50);
    const topics = ["hosts", "clusters", "sap_systems", "databases", "executions", "operations"];
    const all = [...topics.map((name) => `monitoring:${name}`), "users:1", "activity_log:1"];
    for (const topic of all) expect(await client.join(topic, long)).toEqual(ok);
    await phoenixSocket(env).publish(all.map((topic) => message(topic, "news")));
    const news = () => client.heard.filter(([, , , event]) => event === "news");
    await expect.poll(() => news().length).toBe(all.length);
    client.leave();
  });
});

describe("who has entries in the activity log", () => {
  const told = (client: PhoenixClient, id: number) =>
    client.on(`activity_log:${id}`).filter(([event]) => event === "al_users_pushed");

  it("is told at the joining, and every minute while somebody watches", async () => {
    const names = await namesOfAll();
    const client = await PhoenixClient.connect(token);
    expect(await client.join("activity_log:1", "7")).toEqual(ok);
    const all = ["al_users_pushed", { users: ["system", ...names] }];
    await expect.poll(() => told(client, 1)).toEqual([all]);
    expect(client.heard.at(-1)?.slice(0, 2)).toEqual(["7", null]);
    const socket = phoenixSocket(env);
    const rings = await runInDurableObject(socket, (_, { storage }) => storage.getAlarm());
    expect(Number(rings) - Date.now()).toBeGreaterThan(50_000);
    expect(Number(rings) - Date.now()).toBeLessThanOrEqual(60_000);
    await runDurableObjectAlarm(socket);
    await expect.poll(() => told(client, 1)).toEqual([all, all]);
    await client.push("activity_log:1", "phx_leave", "7");
    await runDurableObjectAlarm(socket);
    expect(await client.push("phoenix", "heartbeat", null)).toEqual(ok);
    expect(told(client, 1)).toHaveLength(2);
    client.leave();
  });

  it("is for a reader the reader alone", async () => {
    const { id, username } = await makeReader();
    const client = await PhoenixClient.connect(await issueAccessToken(id, env.ACCESS_TOKEN_ENC_SECRET));
    expect(await client.join(`activity_log:${id}`)).toEqual(ok);
    await expect.poll(() => told(client, id)).toEqual([["al_users_pushed", { users: ["system", username] }]]);
    client.leave();
  });
});

describe("many sockets", () => {
  it("hear each what it joined", async () => {
    const clients = await Promise.all(Array.from({ length: 100 }, () => PhoenixClient.connect(token)));
    const topicOf = (index: number) => (index % 2 === 0 ? "monitoring:hosts" : "monitoring:clusters");
    await Promise.all(clients.map((client, index) => client.join(topicOf(index))));
    for (const client of clients.slice(90)) client.leave();
    const socket = phoenixSocket(env);
    await socket.publish([message("monitoring:hosts", "one"), message("monitoring:clusters", "other")]);
    for (const [index, client] of clients.slice(0, 90).entries()) {
      const event = index % 2 === 0 ? "one" : "other";
      await expect.poll(() => client.on(topicOf(index))).toEqual([[event, { id: event }]]);
      expect(client.on(topicOf(index + 1))).toEqual([]);
      client.leave();
    }
    await expect.poll(() => socket.isHeard()).toBe(false);
  });
});

describe("a socket that closes", () => {
  it.each([null, 1000, 3000, 4999])("with code %j is answered, and forgotten", async (code) => {
    const client = await PhoenixClient.connect(token);
    await client.join("monitoring:hosts");
    client.leave(code);
    await expect.poll(() => client.closed).toBe(code ?? 1000);
    await expect.poll(() => phoenixSocket(env).isHeard()).toBe(false);
  });
});

describe("what is no message of the protocol", () => {
  it.each([
    ["no JSON", "hello"],
    ["nothing", ""],
    ["an object", "{}"],
    ["four parts", '["1","1","monitoring:hosts","phx_join"]'],
    ["a number for a topic", '["1","1",7,"phx_join",{}]'],
    ["an object for a reference", '[{},"1","monitoring:hosts","phx_leave",{}]'],
    ["deep nesting", "[".repeat(9_000)],
    ["a frame too long", JSON.stringify(["1", "77", "monitoring:hosts", "phx_leave", "x".repeat(20_000)])],
    ["a huge frame", "x".repeat(900_000)],
    ["bytes", new ArrayBuffer(8)],
    ["a message in bytes", new TextEncoder().encode('["1","9","monitoring:hosts","phx_leave",{}]')],
  ])("%s is passed over: the socket keeps its topics, and so do others", async (_, frame) => {
    const clients = [await PhoenixClient.connect(token), await PhoenixClient.connect(token)];
    for (const client of clients) await client.join("monitoring:hosts");
    clients[0]?.raw(frame);
    expect(await clients[0]?.push("phoenix", "heartbeat", null)).toEqual(ok);
    await phoenixSocket(env).publish([message("monitoring:hosts", "still")]);
    for (const client of clients) {
      await expect.poll(() => client.on("monitoring:hosts")).toEqual([["still", { id: "still" }]]);
      expect(client.closed).toBeNull();
      client.leave();
    }
  });
});

describe("what is too long", () => {
  it.each([
    ["a message", ["1", "77", "monitoring:hosts", "phx_join", "x".repeat(20_000)], "message too long"],
    ["a topic", ["1", "77", "x".repeat(300), "phx_join", {}], "unmatched topic"],
    ["an event", ["1", "77", "monitoring:hosts", "x".repeat(300), {}], "unmatched topic"],
    ["a reference", ["x".repeat(101), "77", "monitoring:hosts", "phx_join", {}], "reference too long"],
  ])("%s is answered, so that nobody waits for it", async (_, sent, reason) => {
    const client = await PhoenixClient.connect(token);
    client.raw(JSON.stringify(sent));
    await expect.poll(() => client.heard).toEqual([[sent[0], "77", sent[2], "phx_reply", refused(reason)]]);
    client.leave();
  });
});

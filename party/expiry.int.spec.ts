/** Sockets end with the token that opened them, and not before. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { getServerByName } from "partyserver";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Administrator } from "../test/api-client.ts";
import { ACCESS_TOKEN_LIFE, issueAccessToken } from "../workers/auth/tokens.ts";
import { phoenixSocket } from "../workers/phoenix-door.ts";
import { Expiry } from "./expiry.ts";
import { EXPIRED } from "./messages.ts";
import { PhoenixClient } from "./phoenix-client.spec.ts";
import { RoomClient } from "./room-client.spec.ts";

// The administrator is in the table once somebody has signed in.
beforeAll(async () => {
  await Administrator.signIn();
});

afterEach(() => {
  vi.useRealTimers();
});

const LIFE = ACCESS_TOKEN_LIFE * 1_000;
const begin = Math.ceil(Date.now() / 1_000) * 1_000;
const at = (now: number) => vi.useFakeTimers({ toFake: ["Date"], now });
const token = () => issueAccessToken(1, env.ACCESS_TOKEN_ENC_SECRET);

const doors = [
  {
    name: "a room",
    enter: async () => RoomClient.enter("clusters", await token()),
    object: async () => getServerByName(env.MONITORING_ROOM, "clusters"),
  },
  {
    name: "the channels",
    enter: async () => PhoenixClient.connect(await token()),
    object: async () => phoenixSocket(env),
  },
];

describe.each(doors)("in $name", ({ enter, object }) => {
  it("a socket is closed when its token ends, and those that came later are not", async () => {
    at(begin);
    const early = await enter();
    at(begin + 60_000);
    const late = await enter();
    const stub = await object();
    const alarm = () => runInDurableObject(stub, (_, { storage }) => storage.getAlarm());
    expect(await alarm()).toBe(begin + LIFE);
    at(begin + LIFE - 1);
    await runDurableObjectAlarm(stub);
    expect([early.closed, late.closed]).toEqual([null, null]);
    // What each has been let in for is known after a sleep, too.
    await evictDurableObject(stub);
    at(begin + LIFE);
    await runDurableObjectAlarm(stub);
    await expect.poll(() => early.closed).toBe(EXPIRED);
    expect(late.closed).toBeNull();
    expect(await alarm()).toBe(begin + LIFE + 60_000);
    at(begin + LIFE + 60_000);
    await runDurableObjectAlarm(stub);
    await expect.poll(() => late.closed).toBe(EXPIRED);
    expect(await alarm()).toBeNull();
  });
});

it("an alarm whose time is past is set anew, since it may be forgotten", async () => {
  const set: number[] = [];
  const storage = {
    getAlarm: async () => begin - 1,
    setAlarm: async (time: number | Date) => void set.push(Number(time)),
    deleteAlarm: async () => {},
  };
  at(begin);
  await new Expiry(storage).wakeBy(begin + LIFE);
  expect(set).toEqual([begin + LIFE]);
});

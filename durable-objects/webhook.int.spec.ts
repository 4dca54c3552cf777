/** The object of an endpoint: what it forgives, what it forgets, and what wakes it again. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { Administrator } from "../test/api-client.ts";
import { PATH, Receiver } from "../test/receiver-under-test.ts";
import { DeliveryStore } from "./webhook/deliveries.ts";
import { readEndpoint } from "./webhook/endpoint.ts";
import { webhookStub } from "./webhook.ts";

let admin: Administrator;
beforeAll(async () => {
  admin = await Administrator.signIn();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const DAY = 86_400_000;
const message = (id = crypto.randomUUID()) => ({ id, type: "host_registered", body: "{}" });
const refusing = () => new Response(null, { status: 500 });
const taking = () => new Response("ok");

/** Nothing but what a test tells it. */
const make = () => Receiver.make(admin, { event_types: ["nothing"] });
const tell = (receiver: Receiver, one = message()) =>
  webhookStub(env, receiver.id).enqueue(receiver.id, [one]);
const statuses = async (receiver: Receiver) =>
  (await receiver.deliveries()).items.map(({ status }) => status);

const endpointsSchema = z.array(z.looseObject({ id: z.string(), enabled: z.boolean() }));
const isEnabled = async ({ id }: Receiver) =>
  endpointsSchema.parse((await admin.call("GET", PATH)).body).find((one) => one.id === id)?.enabled;
const change = ({ id }: Receiver, json: object) => admin.call("PATCH", `${PATH}/${id}`, { json });

/** It began to fail so long ago. */
const failingFor = ({ object }: Receiver, milliseconds: number) =>
  runInDurableObject(object, (_, { storage }) => {
    storage.kv.put("failing_since", Date.now() - milliseconds);
  });
const failingSince = ({ object }: Receiver) =>
  runInDurableObject(object, (_, { storage }) => storage.kv.get<number>("failing_since") ?? null);

it("an endpoint's object that fails itself looks again ten seconds later", async () => {
  const receiver = await make();
  const { object } = receiver;
  await tell(receiver);
  await expect.poll(() => statuses(receiver)).toEqual(["delivered"]);
  await runInDurableObject(object, (_, { storage }) => storage.setAlarm(Date.now() + 3_600_000));
  vi.spyOn(DeliveryStore.prototype, "forgetOld").mockImplementationOnce(() => {
    throw new Error("the disk is full");
  });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  await runDurableObjectAlarm(object);
  expect(await runInDurableObject(object, (_, { storage }) => storage.getAlarm())).toBe(Date.now() + 10_000);
});

describe("an endpoint that failed", () => {
  it("and took something since has five days again", async () => {
    const receiver = await make();
    receiver.answer = refusing;
    await tell(receiver);
    await expect.poll(() => failingSince(receiver)).not.toBeNull();
    receiver.answer = taking;
    await receiver.hurry();
    await expect.poll(() => failingSince(receiver)).toBeNull();
    receiver.answer = refusing;
    await tell(receiver);
    await expect.poll(() => statuses(receiver)).toEqual(["waiting", "delivered"]);
    await expect.poll(() => failingSince(receiver)).toBeGreaterThan(Date.now() - 60_000);
    expect(await isEnabled(receiver)).toBe(true);
  });

  it("is not disabled a moment before five days, and is then", async () => {
    const receiver = await make();
    receiver.answer = refusing;
    await tell(receiver);
    await expect.poll(() => failingSince(receiver)).not.toBeNull();
    await failingFor(receiver, 5 * DAY - 60_000);
    await receiver.hurry();
    expect(await isEnabled(receiver)).toBe(true);
    await failingFor(receiver, 5 * DAY);
    await receiver.hurry();
    expect(await isEnabled(receiver)).toBe(false);
  });

  it("is forgiven by who enables it again", async () => {
    const receiver = await make();
    await failingFor(receiver, 6 * DAY);
    await change(receiver, { description: "the same" });
    expect(await failingSince(receiver)).not.toBeNull();
    await change(receiver, { enabled: true });
    expect(await failingSince(receiver)).toBeNull();
  });
});

it("what waits for an endpoint that its owner disables is not sent", async () => {
  const receiver = await make();
  receiver.answer = refusing;
  await tell(receiver);
  await expect.poll(async () => (await receiver.deliveries()).items[0]?.attempts).toBe(1);
  await change(receiver, { enabled: false });
  await receiver.hurry();
  expect(receiver.heard).toHaveLength(1);
  expect(await statuses(receiver)).toEqual(["failed"]);
});

it("an endpoint that is removed leaves nothing behind", async () => {
  const receiver = await make();
  receiver.answer = refusing;
  await tell(receiver);
  await expect.poll(async () => (await receiver.deliveries()).items[0]?.attempts).toBe(1);
  await admin.call("DELETE", `${PATH}/${receiver.id}`);
  expect(await receiver.alarm()).toBeNull();
  const left = await runInDurableObject(receiver.object, (_, { storage }) => [
    storage.kv.get("endpoint"),
    storage.sql.exec("SELECT id FROM deliveries").toArray(),
  ]);
  expect(left).toEqual([undefined, []]);
});

it("a database that fails once holds nothing up: it is tried again by itself", async () => {
  const receiver = await make();
  const complaints = vi.spyOn(console, "error").mockReturnValue();
  const first = () => Promise.reject(new Error("away"));
  await receiver.takePlace({ DB: { prepare: () => ({ bind: () => ({ first }) }) } });
  await tell(receiver);
  await expect.poll(() => complaints.mock.calls.length).toBeGreaterThan(0);
  const again = await receiver.alarm();
  expect(again).toBeGreaterThan(Date.now());
  expect(again).toBeLessThanOrEqual(Date.now() + 10_000);
  await receiver.takePlace();
  await receiver.ring();
  await expect.poll(() => statuses(receiver)).toEqual(["delivered"]);
});

describe("where nothing can go out", () => {
  /** Whoever sends for us has ended, or is being started. */
  const away = (): never => {
    throw new Error("Network connection lost.");
  };

  it("no attempt is counted, and what waits goes out soon after the way is there again", async () => {
    const receiver = await make();
    vi.spyOn(console, "error").mockReturnValue();
    receiver.answer = away;
    await tell(receiver);
    await expect.poll(() => receiver.heard.length).toBeGreaterThan(0);
    for (let round = 0; round < 10; round += 1) await receiver.ring();
    expect(await receiver.alarm()).toBeLessThanOrEqual(Date.now() + 10_000);
    const [waiting] = (await receiver.deliveries()).items;
    expect([waiting?.status, waiting?.attempts]).toEqual(["waiting", 0]);
    expect(await failingSince(receiver)).toBeNull();
    receiver.answer = taking;
    await receiver.ring();
    await expect.poll(() => statuses(receiver)).toEqual(["delivered"]);
    expect((await receiver.deliveries()).items[0]?.attempts).toBe(1);
  });

  it("what went out before is not sent once more", async () => {
    const receiver = await make();
    vi.spyOn(console, "error").mockReturnValue();
    let answered = 0;
    receiver.answer = () => {
      answered += 1;
      return answered === 1 ? taking() : away();
    };
    await webhookStub(env, receiver.id).enqueue(receiver.id, [message(), message()]);
    await expect
      .poll(async () => (await statuses(receiver)).sort(), { timeout: 30_000 })
      .toEqual(["delivered", "waiting"]);
    receiver.answer = taking;
    await receiver.ring();
    await expect.poll(() => statuses(receiver)).toEqual(["delivered", "delivered"]);
    const ids = receiver.heard.map(({ headers }) => headers["webhook-id"]);
    expect(ids.filter((id) => id === ids[0])).toHaveLength(1);
  });
});

it("a secret that was replaced signs for a day", async () => {
  const receiver = await make();
  const numberOf = async (at: number) => (await readEndpoint(env, receiver.id, at))?.secrets.length;
  expect(await numberOf(Date.now())).toBe(1);
  const before = Date.now();
  await admin.call("POST", `${PATH}/${receiver.id}/rotate_secret`);
  const after = Date.now();
  expect(await numberOf(before + DAY - 1)).toBe(2);
  expect(await numberOf(after + DAY)).toBe(1);
});

describe("deliveries", () => {
  /** In an object of its own, of which nothing else knows. */
  const inStore = (test: (store: DeliveryStore, sql: SqlStorage) => void) =>
    runInDurableObject(env.WEBHOOK.getByName(crypto.randomUUID()), (_, { storage }) => {
      test(new DeliveryStore(storage.sql), storage.sql);
    });
  const taken = { status: 200, error: null, wish: null };

  it("are kept for thirty days, and as long as they wait", async () => {
    await inStore((store, sql) => {
      store.add([message("old"), message("waits")], 1_000);
      store.add([message("new")], 2_000);
      store.settle("old", taken, 1_000, 1_000, 0);
      store.settle("new", taken, 2_000, 2_000, 0);
      const ids = () => store.list(null, null, 10).deliveries.map(({ id }) => id);
      store.forgetOld(1_000 + 30 * DAY);
      expect(ids()).toEqual(["new", "waits", "old"]);
      store.forgetOld(1_001 + 30 * DAY);
      expect(ids()).toEqual(["new", "waits"]);
      expect(sql.exec("SELECT count(*) AS n FROM attempts").one().n).toBe(1);
    });
  });

  it("come in the order in which they are due", async () => {
    await inStore((store) => {
      store.add([message("a"), message("b")], 2_000);
      store.add([message("c")], 1_000);
      const due = (now: number, limit: number) => store.due(now, limit).map(({ id }) => id);
      expect(due(2_000, 3)).toEqual(["c", "a", "b"]);
      expect(due(2_000, 2)).toEqual(["c", "a"]);
      expect(due(1_999, 3)).toEqual(["c"]);
      expect(store.nextDue()).toBe(1_000);
    });
  });

  it("that come while twenty thousand wait have failed, and can be replayed", async () => {
    await inStore((store) => {
      store.add(
        Array.from({ length: 20_000 }, (_, index) => message(`m${index}`)),
        1_000,
      );
      store.add([message("m0"), message("more")], 2_000);
      expect(store.waiting()).toBe(20_000);
      expect(store.details("more")).toMatchObject({
        status: "failed",
        next_attempt_at: null,
        tries: [{ error: "too many messages wait" }],
      });
      expect(store.details("m0")).toMatchObject({ status: "waiting", tries: [] });
      expect(store.replay("more", 3_000)).toBe(true);
      expect(store.details("more")).toMatchObject({ status: "waiting", attempts: 0 });
    });
  });
});

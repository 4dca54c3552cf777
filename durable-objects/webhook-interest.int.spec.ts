/** Whether anybody wants webhooks, as streams see it. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { StreamUnderTest } from "../test/stream-under-test.ts";
import { areWebhooksWanted } from "./webhook-interest.ts";

/** Looks of the tests before are over. */
let now = Date.now() + 3_600_000;
const pass = (milliseconds: number) => {
  now += milliseconds;
  vi.useFakeTimers({ toFake: ["Date"], now });
};

beforeEach(() => pass(60_000));
afterEach(async () => {
  await env.DB.prepare("DELETE FROM webhook_endpoints").run();
  vi.useRealTimers();
});

function addEndpoint(): Promise<unknown> {
  return env.DB.prepare(
    `INSERT INTO webhook_endpoints (id, url, description, event_types, enabled, signature, secret, inserted_at, updated_at)
     VALUES (?, 'https://example.com', '', '["*"]', 1, 'hmac', '', '2026-01-01', '2026-01-01')`,
  )
    .bind(crypto.randomUUID())
    .run();
}

/** Asks, and waits for what is looked for behind it. */
async function ask(db: D1Database): Promise<boolean> {
  const looks: Promise<void>[] = [];
  areWebhooksWanted(db, (work) => looks.push(work));
  await Promise.all(looks);
  return areWebhooksWanted(db, () => {});
}

it("is known a moment later, and looked at again after five seconds", async () => {
  expect(await ask(env.DB)).toBe(false);
  await addEndpoint();
  expect(await ask(env.DB)).toBe(false);
  pass(4_999);
  expect(await ask(env.DB)).toBe(false);
  pass(1);
  expect(await ask(env.DB)).toBe(true);
});

it("is looked at again although one look has no end: who looked may be gone", async () => {
  const looks: string[] = [];
  const silent = {
    prepare: () => ({
      first: () => {
        looks.push("silent");
        return new Promise(() => {});
      },
    }),
  };
  expect(await ask(env.DB)).toBe(false);
  pass(5_000);
  areWebhooksWanted(Object.assign(Object.create(env.DB), silent), () => {});
  await addEndpoint();
  expect(looks).toEqual(["silent"]);
  pass(5_000);
  expect(await ask(env.DB)).toBe(true);
});

it("is asked anew at a stream's alarm: what was committed right after an endpoint came is told", async () => {
  const stream = new StreamUnderTest();
  await stream.inside((instance) => {
    const { queue } = instance;
    const webhooks = Reflect.get(instance, "webhooks");
    Object.assign(instance, {
      subscribers: () => webhooks.call(instance).map(({ name }: { name: string }) => ({ name, queue })),
    });
  });
  expect(await ask(env.DB)).toBe(false);
  await addEndpoint();
  await stream.add(1);
  await stream.alarm();
  const taken = await stream.inside(({ queue }) => queue.taken.map(({ from, to }) => [from, to]));
  expect(taken).toEqual([[1, 1]]);
  const alarm = await stream.inside((_, { storage }) => storage.getAlarm());
  expect(alarm).not.toBeNull();
});

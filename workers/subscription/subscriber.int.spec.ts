/** Who does something because of events does it again until it is done: process manager, notifier and webhooks. */
import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { Nudge } from "../../durable-objects/event-stream/events.ts";
import { PROJECTOR } from "../../durable-objects/event-stream/subscribers.ts";
import { NOTIFIER, notify } from "../notifier/index.ts";
import { PROCESS_MANAGER, react } from "../process-manager/index.ts";
import { databaseOf, runTogether } from "../read-models/database.ts";
import { tellThirdParties, WEBHOOKS } from "../webhooks/index.ts";
import { advanceCheckpoint, readCheckpointsOf } from "./checkpoints.ts";

const db = databaseOf(env);

afterEach(() => env.DB.prepare("DELETE FROM webhook_endpoints").run());

/** Objects that note what they are asked for, and fail while they are away. */
class Objects {
  readonly asked: unknown[] = [];
  areAway = true;

  getByName(): object {
    const answer = async (...told: unknown[]) => {
      this.asked.push(told);
      if (this.areAway) throw new Error("away");
    };
    return new Proxy({}, { get: (_, method) => answer.bind(null, method) });
  }
}

/** A host that stopped reporting: the projector has it already. */
async function loss(): Promise<Nudge> {
  const host_id = crypto.randomUUID();
  const stream = { type: "host", id: host_id };
  await runTogether(db, [advanceCheckpoint(db, PROJECTOR, { stream, previous: 0, reached: 1 })]);
  const metadata = { correlationId: "c", causationId: null, actor: "system" };
  const occurredAt = new Date().toISOString();
  const event = {
    version: 1,
    schemaVersion: 1,
    id: crypto.randomUUID(),
    type: "HeartbeatFailed",
    data: { host_id },
  };
  return { stream, from: 1, to: 1, events: [{ ...event, occurredAt, metadata }] };
}

const subscribers = {
  [PROCESS_MANAGER]: { consume: react, binding: "AGENT", method: "markStale" },
  [NOTIFIER]: { consume: notify, binding: "MAILROOM", method: "report" },
  [WEBHOOKS]: { consume: tellThirdParties, binding: "WEBHOOK", method: "enqueue" },
} as const;

describe.each([PROCESS_MANAGER, NOTIFIER, WEBHOOKS] as const)("%s", (name) => {
  const { consume, binding, method } = subscribers[name];

  it("gets again what it failed at, and no more once it is done", async () => {
    await env.DB.prepare(
      `INSERT INTO webhook_endpoints (id, url, description, event_types, enabled, signature, secret, inserted_at, updated_at)
       VALUES (?, 'https://example.com', '', '["*"]', 1, 'hmac', '', '2026-01-01', '2026-01-01')`,
    )
      .bind(crypto.randomUUID())
      .run();
    const nudge = await loss();
    const stream = `host/${nudge.stream.id}`;
    const objects = new Objects();
    const reached: unknown[] = [];
    /** @returns how many messages the queue is to bring again */
    const deliver = async () => {
      const message = { id: "1", timestamp: new Date(), attempts: 1, body: nudge };
      const batch = createMessageBatch<Nudge>(`trento-edge-${name}`, [message]);
      await consume(batch.messages, Object.assign({ ...env }, { [binding]: objects }));
      reached.push((await readCheckpointsOf(db, name, [stream])).get(stream));
      return (await getQueueResult(batch, createExecutionContext())).retryMessages.length;
    };
    expect(await deliver()).toBe(1);
    const inVain = objects.asked.splice(0);
    expect(inVain[0]).toEqual(expect.arrayContaining([method]));
    objects.areAway = false;
    expect([await deliver(), await deliver()]).toEqual([0, 0]);
    expect(objects.asked).toEqual([inVain[0]]);
    expect(reached).toEqual([undefined, 1, 1]);
  });
});

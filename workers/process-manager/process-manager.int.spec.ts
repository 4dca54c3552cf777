/** What follows from events, once, however often they are told. */
import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { HostCommand } from "../../domain/host/index.ts";
import type { Nudge } from "../../durable-objects/event-stream/events.ts";
import { shardCount, watchStub } from "../../durable-objects/heartbeat-watch/shards.ts";
import { hostStub } from "../../durable-objects/streams.ts";
import { hostPayload, TestAgent } from "../../test/agents.ts";
import { breakDown, mend } from "../../test/landscape.ts";
import { react } from "./index.ts";

function send(command: HostCommand) {
  const id = command.data.host_id;
  return hostStub(env, id).execute({
    stream: { type: "host", id },
    command,
    commandId: crypto.randomUUID(),
    metadata: { correlationId: "the request", causationId: null, actor: "user:1" },
  });
}

async function registered(): Promise<TestAgent> {
  const agent = new TestAgent();
  await agent.collect("host_discovery", hostPayload);
  return agent;
}

describe("a request to deregister a host", () => {
  it("is followed by its deregistration, in one chain, and everybody forgets it", async () => {
    const agent = await registered();
    await watchStub(env, agent.id).beat(agent.id, shardCount(env));
    const at = "2026-11-24T00:00:00.000Z";
    await send({ type: "RequestHostDeregistration", data: { host_id: agent.id, requested_at: at } });
    await expect.poll(() => agent.events()).toContain("HostTombstoned");
    const events = await hostStub(env, agent.id).readEvents(1);
    const requested = events.find(({ type }) => type === "HostDeregistrationRequested");
    const gone = events.find(({ type }) => type === "HostDeregistered");
    expect(gone?.data).toEqual({ host_id: agent.id, deregistered_at: at });
    expect(gone?.metadata).toEqual({
      correlationId: "the request",
      causationId: requested?.id,
      actor: "system",
    });
    await expect.poll(() => watchStub(env, agent.id).last(agent.id)).toBeNull();
    await expect.poll(() => agent.holds("host_discovery", hostPayload)).toBe(false);
  });

  it("has one effect when it is told again after the host came back", async () => {
    const agent = await registered();
    const at = "2026-11-24T00:00:00.000Z";
    await send({ type: "RequestHostDeregistration", data: { host_id: agent.id, requested_at: at } });
    await expect.poll(() => agent.events()).toContain("HostTombstoned");
    await agent.collect("host_discovery", hostPayload);
    const events = await hostStub(env, agent.id).readEvents(1);
    const requested = events.filter(({ type }) => type === "HostDeregistrationRequested");
    const body: Nudge = {
      stream: { type: "host", id: agent.id },
      from: 1,
      to: requested[0]?.version ?? 0,
      events: requested,
    };
    await env.DB.prepare("DELETE FROM checkpoints WHERE stream = ? AND subscriber = 'process-manager'")
      .bind(`host/${agent.id}`)
      .run();
    const message = { id: "1", timestamp: new Date(), attempts: 1, body };
    await react(createMessageBatch<Nudge>("trento-edge-process-manager", [message]).messages, env);
    expect((await agent.hostState()).deregistered_at).toBeNull();
    expect(await agent.events()).toHaveLength(events.length);
  });
});

describe("a heartbeat that failed", () => {
  it("makes the agent's object dispatch in full what comes next", async () => {
    const agent = await registered();
    expect(await agent.holds("host_discovery", hostPayload)).toBe(true);
    await send({ type: "UpdateHeartbeat", data: { host_id: agent.id, heartbeat: "critical" } });
    await expect.poll(() => agent.holds("host_discovery", hostPayload)).toBe(false);
    const rows = await runInDurableObject(agent.object, (_, { storage }) =>
      storage.sql.exec("SELECT accepted_at FROM discoveries").toArray(),
    );
    expect(rows).toEqual([{ accepted_at: null }]);
  });
});

/** Tells of one event, and answers how many messages are to come again. */
async function tell(stream: Nudge["stream"], type: string, data: object, told = env): Promise<number> {
  const metadata = { correlationId: "c", causationId: null, actor: "system" };
  const occurredAt = new Date().toISOString();
  const event = { version: 1, schemaVersion: 1, id: `${stream.id}/1`, type, data, occurredAt, metadata };
  const body: Nudge = { stream, from: 1, to: 1, events: [event] };
  const message = { id: "1", timestamp: new Date(), attempts: 1, body };
  const batch = createMessageBatch<Nudge>("trento-edge-process-manager", [message]);
  await react(batch.messages, told);
  return (await getQueueResult(batch, createExecutionContext())).retryMessages.length;
}

describe("a command that follows", () => {
  afterEach(mend);

  /** The end of an execution on a host. */
  const completed = (host: string) => {
    const stream = { type: "execution", id: crypto.randomUUID() };
    const data = { execution_id: stream.id, group_id: host, target_type: "host", result: "critical" };
    return () => tell(stream, "ExecutionCompleted", data);
  };

  it("and is refused is sent again, until it is accepted", async () => {
    const agent = await registered();
    await send({ type: "SelectHostChecks", data: { host_id: agent.id, checks: ["one"] } });
    const told = completed(agent.id);
    breakDown("host", agent.id, "rolls up");
    expect(await told()).toBe(1);
    mend();
    expect(await agent.events()).not.toContain("HostChecksHealthChanged");
    expect(await told()).toBe(0);
    expect(await agent.events()).toContain("HostChecksHealthChanged");
  });

  it("has nothing to change where its host never was, nor where its stream is closed", async () => {
    expect(await completed(crypto.randomUUID())()).toBe(0);
    const agent = await registered();
    breakDown("host", agent.id, "is closed");
    expect(await completed(agent.id)()).toBe(0);
  });
});

it.each([
  ["host", "HostRestored"],
  ["host", "HostChecksSelected"],
  ["cluster", "ClusterRestored"],
  ["cluster", "ChecksSelected"],
] as const)("checks of a %s are scheduled after %s", async (type, event) => {
  const id = crypto.randomUUID();
  const scheduled: unknown[] = [];
  const group = (name: string) => ({
    reschedule: async (target: unknown) => scheduled.push([name, target]),
  });
  const told = Object.assign({ ...env }, { CHECKS_GROUP: { getByName: group } });
  expect(await tell({ type, id }, event, { [`${type}_id`]: id, checks: [] }, told)).toBe(0);
  expect(scheduled).toEqual([[id, { type, id }]]);
});

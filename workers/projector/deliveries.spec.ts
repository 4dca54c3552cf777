/** How specs of the projector play its queue, and what they find in the tables after it; there is no test in here. */
import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { DomainEvent } from "../../domain/decider.ts";
import type { Nudge, StoredEvent, StreamName } from "../../durable-objects/event-stream/events.ts";
import { project } from "./index.ts";

/** Tables that the events of a type of stream are projected into, with the column that names the stream. */
const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  host: { hosts: "id", sles_subscriptions: "host_id" },
  cluster: { clusters: "id", cluster_hosts: "cluster_id" },
  database: { databases: "id", database_instances: "database_id" },
  sap_system: { sap_systems: "id", application_instances: "sap_system_id" },
};

type Row = Readonly<Record<string, unknown>>;
export type Rows = Readonly<Record<string, readonly Row[]>>;

/** All that the tables hold of a stream. */
export async function rowsOf({ type, id }: StreamName): Promise<Rows> {
  const found = await Promise.all(
    Object.entries(tables[type] ?? {}).map(async ([table, column]) => {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE ${column} = ?`)
        .bind(id)
        .all<Row>();
      const order = results.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
      return [table, order] as const;
    }),
  );
  return Object.fromEntries(found);
}

export async function checkpointOf({ type, id }: StreamName): Promise<number | null> {
  return env.DB.prepare("SELECT version FROM checkpoints WHERE stream = ? AND subscriber = 'projector'")
    .bind(`${type}/${id}`)
    .first<number>("version");
}

/** As if nothing of a stream had ever been projected. */
export async function forget({ type, id }: StreamName): Promise<void> {
  await env.DB.batch([
    ...Object.entries(tables[type] ?? {}).map(([table, column]) =>
      env.DB.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).bind(id),
    ),
    env.DB.prepare("DELETE FROM checkpoints WHERE stream = ? AND subscriber = 'projector'").bind(
      `${type}/${id}`,
    ),
  ]);
}

/** The events as a stream holds them, a minute apart. */
export function stored(events: readonly DomainEvent[]): StoredEvent[] {
  return events.map((event, index) => ({
    ...event,
    version: index + 1,
    id: crypto.randomUUID(),
    schemaVersion: 1,
    metadata: { correlationId: "c", causationId: null, actor: "test" },
    occurredAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
  }));
}

/** Events that follow each other, carried or only named. */
export function nudge(stream: StreamName, events: readonly StoredEvent[], isCarried = true): Nudge {
  const [from, to] = [events[0]?.version ?? 0, events.at(-1)?.version ?? 0];
  return { stream, from, to, events: isCarried ? events : null };
}

/** @returns the numbers of the nudges that are to come again */
export function deliver(...nudges: readonly Nudge[]): Promise<number[]> {
  return deliverAgain(1, ...nudges);
}

/** The nudges come for the n-th time. */
export async function deliverAgain(attempts: number, ...nudges: readonly Nudge[]): Promise<number[]> {
  const messages = nudges.map((body, index) => ({
    id: String(index),
    timestamp: new Date(),
    attempts,
    body,
  }));
  const batch = createMessageBatch<Nudge>("trento-edge-projector", messages);
  await project(batch.messages, env);
  const { retryMessages } = await getQueueResult(batch, createExecutionContext());
  return retryMessages.map(({ msgId }: { readonly msgId: string }) => Number(msgId));
}

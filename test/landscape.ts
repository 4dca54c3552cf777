/** What integration tests of whole landscapes look at: the aggregates, and whether everything that follows has followed. */
import { createMessageBatch, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { clusterIdOf, databaseIdOf, sapSystemIdOf } from "../domain/discovery/ids.ts";
import { databaseDirectory, tenantDirectory } from "../durable-objects/directory.ts";
import { AggregateObject } from "../durable-objects/event-stream/aggregate-object.ts";
import type { CommandOutcome } from "../durable-objects/event-stream/commands.ts";
import { type StoredEvent, streamKey } from "../durable-objects/event-stream/events.ts";
import {
  type AggregateCommand,
  clusterStub,
  databaseStub,
  execute,
  hostStub,
  LATEST,
  sapSystemStub,
} from "../durable-objects/streams.ts";
import { react } from "../workers/process-manager/index.ts";

/** Names that no other test uses: those who look for a tenant meet by its name. */
export function newPlace() {
  const label = crypto.randomUUID();
  const tenant = `T${label.slice(0, 8)}`;
  const databaseId = databaseIdOf(label);
  return {
    label,
    tenant,
    address: newAddress(),
    databaseId,
    systemId: sapSystemIdOf(databaseId, tenant),
    clusterId: clusterIdOf(label),
  };
}

/** An address that no other test uses. */
export function newAddress(): string {
  return ["10", ...crypto.getRandomValues(new Uint8Array(3))].join(".");
}

const stubs = { host: hostStub, cluster: clusterStub, database: databaseStub, sap_system: sapSystemStub };
type Type = keyof typeof stubs;

export const databaseState = async (id: string) => (await databaseStub(env, id).stateAt(LATEST)).state;
export const systemState = async (id: string) => (await sapSystemStub(env, id).stateAt(LATEST)).state;
export const clusterState = async (id: string) => (await clusterStub(env, id).stateAt(LATEST)).state;

export function eventsOf(type: Type, id: string): Promise<StoredEvent[]> {
  return stubs[type](env, id).readEvents(1);
}

export async function eventTypes(type: Type, id: string): Promise<string[]> {
  return (await eventsOf(type, id)).map((event) => event.type);
}

/** Sends a command as a person would. */
export function send(command: AggregateCommand): Promise<CommandOutcome> {
  return execute(env, command, {
    commandId: crypto.randomUUID(),
    metadata: { correlationId: "the request", causationId: null, actor: "user:1" },
  });
}

type Ailment = "throws" | "rolls up" | "is closed";
const ailing = new Map<string, Ailment>();

/** Makes an aggregate fail at every command, until it is mended: its object throws, or answers that it rolls up or is closed. */
export function breakDown(type: Type, id: string, ailment: Ailment = "rolls up"): void {
  ailing.set(streamKey({ type, id }), ailment);
  const { execute: sound } = AggregateObject.prototype;
  vi.spyOn(AggregateObject.prototype, "execute").mockImplementation(async function (
    this: AggregateObject<unknown, AggregateCommand, StoredEvent, string>,
    request,
  ) {
    const { stream } = request;
    const found = ailing.get(streamKey(stream));
    // As the platform says it: another number each time.
    if (found === "throws")
      throw new Error(`${stream.type} is broken; reference = ${crypto.randomUUID().replaceAll("-", "")}`);
    if (found === "is closed") return { status: "closed" };
    if (found === "rolls up") return { status: "refused", error: `${stream.type}_rolling_up` };
    return sound.call(this, request);
  });
}

export function mend(): void {
  ailing.clear();
  vi.restoreAllMocks();
}

/** Types of events that the process manager wants of a stream. */
const followedUp: Readonly<Record<Type, RegExp>> = {
  host: /^(HostDeregistrationRequested|HostDeregistered|HeartbeatFailed)$/,
  cluster: /^ClusterDetailsUpdated$/,
  database:
    /^Database(Registered|Restored|Deregistered|TenantsUpdated|HealthChanged|DataMarked.*|Instance(Registered|Deregistered|SystemReplicationChanged))$/,
  sap_system: /^(SapSystem(Registered|Restored|Deregistered)|ApplicationInstance(Moved|Deregistered))$/,
};

async function reactedTo(stream: string): Promise<number> {
  const row = await env.DB.prepare(
    "SELECT version FROM checkpoints WHERE stream = ? AND subscriber = 'process-manager'",
  )
    .bind(stream)
    .first<{ version: number }>();
  return row?.version ?? 0;
}

async function calledAt(directory: ReturnType<typeof tenantDirectory>): Promise<number> {
  return runInDurableObject(directory, (_, { storage }) =>
    Number(storage.sql.exec("SELECT count(*) AS n FROM waiters WHERE due IS NOT NULL").one().n),
  );
}

type Place = Pick<ReturnType<typeof newPlace>, "tenant" | "databaseId" | "systemId">;

/** All versions, or null while something that follows has not followed yet. */
async function standing(place: Place, hosts: readonly string[]): Promise<string | null> {
  const streams: [Type, string][] = [
    ["database", place.databaseId],
    ["sap_system", place.systemId],
    ...hosts.map((id): [Type, string] => ["host", id]),
  ];
  const versions: number[] = [];
  for (const [type, id] of streams) {
    const events = await eventsOf(type, id);
    const wanted = events.findLast((event) => followedUp[type].test(event.type))?.version ?? 0;
    if ((await reactedTo(`${type}/${id}`)) < wanted) return null;
    versions.push(events.length);
  }
  for (const directory of [tenantDirectory(env, place.tenant), databaseDirectory(env, place.databaseId)]) {
    if ((await calledAt(directory)) > 0) return null;
  }
  return versions.join();
}

/** Waits until nothing is left to follow from what happened: a chain that never ends fails here. */
export async function quiet(place: Place, ...hosts: readonly string[]): Promise<void> {
  await expect
    .poll(async () => {
      const before = await standing(place, hosts);
      return before !== null && before === (await standing(place, hosts));
    })
    .toBe(true);
}

/** Tells the process manager once more of all that it was told of a stream, as a queue may. */
export async function tellAgain(type: Type, id: string): Promise<void> {
  const events = (await eventsOf(type, id)).filter((event) => followedUp[type].test(event.type));
  const body = { stream: { type, id }, from: 1, to: events.at(-1)?.version ?? 0, events };
  await env.DB.prepare("DELETE FROM checkpoints WHERE stream = ? AND subscriber = 'process-manager'")
    .bind(`${type}/${id}`)
    .run();
  const message = { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body };
  await react(createMessageBatch<typeof body>("trento-edge-process-manager", [message]).messages, env);
}

/** However a stream's events come, the tables end the same: generated histories, cut and repeated in many ways. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { history as clusterHistory } from "../../domain/cluster/example-histories.spec.ts";
import { cluster_id } from "../../domain/cluster/examples.spec.ts";
import { cluster } from "../../domain/cluster/index.ts";
import { history as databaseHistory } from "../../domain/database/example-histories.spec.ts";
import { database_id } from "../../domain/database/examples.spec.ts";
import { database } from "../../domain/database/index.ts";
import type { Command, Decider, DomainEvent } from "../../domain/decider.ts";
import { everyCommand, host_id, registerHost, updateSaptune } from "../../domain/host/examples.spec.ts";
import { type HostCommand, host } from "../../domain/host/index.ts";
import { history as systemHistory } from "../../domain/sap-system/example-histories.spec.ts";
import { sap_system_id } from "../../domain/sap-system/examples.spec.ts";
import { sapSystem } from "../../domain/sap-system/index.ts";
import type { StoredEvent, StreamName } from "../../durable-objects/event-stream/events.ts";
import { checkpointOf, deliver, nudge, rowsOf, stored } from "./deliveries.spec.ts";

/** A database on the local disk takes some milliseconds for each batch. */
const RUNS = 12;

const { RollUpHost, ...otherThanRollUp } = everyCommand;
const hostHistory: fc.Arbitrary<HostCommand[]> = fc
  .array(
    fc.oneof(
      fc.constantFrom<HostCommand>(...Object.values(otherThanRollUp)),
      fc.constant(updateSaptune({ status: null })),
      fc.constant<HostCommand>({ type: "UpdateHeartbeat", data: { host_id, heartbeat: "critical" } }),
      fc.constant<HostCommand>({ type: "UpdateSlesSubscriptions", data: { host_id, subscriptions: [] } }),
    ),
    { maxLength: 25, size: "max" },
  )
  .map((rest) => [registerHost(), ...rest]);

/** The events of all commands that are not refused. */
function happened<S, C extends Command, E extends DomainEvent>(
  { initialState, decide, evolve }: Decider<S, C, E, string>,
  commands: readonly C[],
): E[] {
  let state = initialState();
  return commands.flatMap((command) => {
    const decision = decide(command, state);
    if (!decision.ok) return [];
    state = decision.events.reduce((current, event) => evolve(current, event), state);
    return [...decision.events];
  });
}

const histories: Readonly<Record<string, readonly [ownId: string, fc.Arbitrary<DomainEvent[]>]>> = {
  host: [host_id, hostHistory.map((commands) => happened(host, commands))],
  cluster: [cluster_id, clusterHistory.map((commands) => happened(cluster, commands))],
  database: [database_id, databaseHistory.map((commands) => happened(database, commands))],
  sap_system: [sap_system_id, systemHistory.map((commands) => happened(sapSystem, commands))],
};

/** The same events in a stream of another id, so that every run has rows of its own. */
function inStream(type: string, ownId: string, events: readonly StoredEvent[]) {
  const stream: StreamName = { type, id: crypto.randomUUID() };
  const own: StoredEvent[] = JSON.parse(JSON.stringify(events).replaceAll(ownId, stream.id));
  return { stream, events: own };
}

/** What is in the tables, whatever the stream is called. */
async function shown(stream: StreamName): Promise<unknown> {
  return JSON.parse(JSON.stringify(await rowsOf(stream)).replaceAll(stream.id, "the stream"));
}

describe.each(Object.entries(histories))("the events of a %s", (type, [ownId, history]) => {
  it("end in the same rows one by one and in any other way", async () => {
    const cuts = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 60 }), fc.nat()), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(history, cuts, async (past, pieces) => {
        fc.pre(past.length > 0);
        const events = stored(past);
        const slowly = inStream(type, ownId, events);
        for (const event of slowly.events) expect(await deliver(nudge(slowly.stream, [event]))).toEqual([]);

        const anyhow = inStream(type, ownId, events);
        // Pieces that overlap, in any order, and at last all of it: whatever lacks its beginning is read from there.
        const nudges = pieces
          .map(([start, length, rank]) => ({ part: anyhow.events.slice(start, start + length), rank }))
          .filter(({ part }) => part.length > 0)
          .toSorted((one, other) => one.rank - other.rank)
          .map(({ part }) => nudge(anyhow.stream, part));
        const beginning = nudge(anyhow.stream, anyhow.events.slice(0, 1 + (pieces[0]?.[0] ?? 0)));
        await deliver(beginning);
        const whole = nudge(anyhow.stream, anyhow.events);
        expect(await deliver(...nudges, whole)).toEqual([]);
        expect(await deliver(whole, ...nudges)).toEqual([]);

        expect(await shown(anyhow.stream)).toEqual(await shown(slowly.stream));
        expect(await checkpointOf(anyhow.stream)).toBe(events.length);
      }),
      { numRuns: RUNS },
    );
  });
});

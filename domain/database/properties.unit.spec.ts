/** What holds for every database, whatever is asked of it, in whatever order. Nothing is changed in place: `given` sees to it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import { type InstanceStatus, instanceStatusSchema, isSameInstance } from "../instance.ts";
import {
  absent_at,
  alone,
  type CommandOf,
  database_id,
  deregistered_at,
  host_a,
  host_b,
  host_c,
  later,
  primary,
  register,
  rollUp,
  secondary,
  stale_at,
} from "./examples.spec.ts";
import { databaseHealth } from "./health.ts";
import { type DatabaseAggregate, type DatabaseCommand, type DatabaseEvent, database } from "./index.ts";

/** Few values each, so that commands meet instances that are known. */
const name = fc
  .tuple(fc.constantFrom(host_a, host_b, host_c), fc.constantFrom("00", "10"))
  .map(([host_id, instance_number]) => ({ database_id, host_id, instance_number }));
const replication = fc.constantFrom(
  alone,
  primary,
  secondary,
  { ...secondary, system_replication_tier: null },
  { ...secondary, system_replication_status: "ERROR", system_replication_tier: null },
);
const tenants = fc.subarray(["PRD", "QAS", "DEV"]).map((names) => names.map((tenant) => ({ name: tenant })));
/** The site that a secondary replicates from is another than its own, or unknown. */
const source = fc.constantFrom(null, 1, 3);

const registration: fc.Arbitrary<CommandOf<"RegisterDatabaseInstance">> = fc
  .tuple(name, replication, fc.constantFrom<InstanceStatus>(...instanceStatusSchema.options), tenants, source)
  .map(([which, how, status, all, system_replication_active_primary_site]) =>
    register({ ...which, ...how, status, tenants: all, system_replication_active_primary_site }),
  );
const other: fc.Arbitrary<DatabaseCommand> = fc.oneof(
  name.map((which) => ({ type: "MarkDatabaseInstanceAbsent" as const, data: { ...which, absent_at } })),
  fc.tuple(name, fc.constantFrom(stale_at, later)).map(([which, at]) => ({
    type: "MarkDatabaseInstanceDataStale" as const,
    data: { ...which, stale_at: at },
  })),
  name.map((which) => ({
    type: "DeregisterDatabaseInstance" as const,
    data: { ...which, deregistered_at },
  })),
);
const command = fc.oneof({ weight: 3, arbitrary: registration }, { weight: 2, arbitrary: other });
const history = fc
  .array(command, { maxLength: 25 })
  .chain((rest) => registration.map((first): DatabaseCommand[] => [first, ...rest]));

/** A database as it was when its stream was rolled up. */
function as(snapshot: DatabaseAggregate) {
  return given(database, [{ type: "DatabaseRolledUp", data: { database_id, snapshot } }]);
}
function reached(commands: readonly DatabaseCommand[], start = database.initialState()) {
  return as(commands.reduce((state, next) => as(state).when(next).state, start));
}
function eventsOf(commands: readonly DatabaseCommand[]): readonly DatabaseEvent[] {
  let events: readonly DatabaseEvent[] = [];
  for (const next of commands) {
    const { decision } = given(database, events).when(next);
    if (decision.ok) events = [...events, ...decision.events];
  }
  return events;
}
/** Whether an instance was itself of the site that it tells to replicate from: what that means is specified for the tier. */
function replicatesFromItself(
  { instances }: DatabaseAggregate,
  { data }: CommandOf<"RegisterDatabaseInstance">,
): boolean {
  const known = instances.find((one) => isSameInstance(one, data));
  const site = known?.system_replication_site_id ?? null;
  return site !== null && site === data.system_replication_active_primary_site;
}
const runs = { numRuns: 300 };

describe("for every history of a database", () => {
  it("a registration that is sent twice more is no news the second time", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const first = reached(commands).when(last);
        fc.pre(first.decision.ok);
        reached([structuredClone(last)], first.state)
          .when(structuredClone(last))
          .thenNothing();
      }),
      runs,
    );
  });

  it("a registration that restored nothing is no news when it is sent once more", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        const first = before.when(last);
        fc.pre(first.decision.ok && before.state.deregistered_at === null);
        fc.pre(!replicatesFromItself(before.state, last));
        as(first.state).when(structuredClone(last)).thenNothing();
      }),
      runs,
    );
  });

  it("what was refused is refused again, and changes nothing", () => {
    fc.assert(
      fc.property(history, command, (commands, next) => {
        const before = reached(commands);
        const first = before.when(next);
        fc.pre(!first.decision.ok);
        expect(first.state).toBe(before.state);
        expect(before.when(structuredClone(next)).decision).toStrictEqual(first.decision);
      }),
    );
  });

  it("no two instances have the same number on the same host", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const names = reached(commands).state.instances.map((one) => `${one.host_id} ${one.instance_number}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      runs,
    );
  });

  it("its health is the worst of its instances after any registration that restored nothing", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        const { decision, state } = before.when(last);
        fc.pre(decision.ok && before.state.deregistered_at === null);
        expect(state.health).toBe(databaseHealth(state.instances));
      }),
      runs,
    );
  });

  it("its health is that of the instance which restored it, and from the next one on that of all", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        const { decision, state } = before.when(last);
        fc.pre(decision.ok && before.state.deregistered_at !== null);
        expect(state.health).toBe(databaseHealth([last.data]));
        const settled = as(state).when(last).state;
        expect(settled.health).toBe(databaseHealth(settled.instances));
      }),
    );
  });

  it("it is stale while one of its instances is", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const { instances, stale_at: since } = reached(commands).state;
        fc.pre(instances.some((one) => one.stale_at !== null));
        expect(since).not.toBeNull();
      }),
    );
  });

  it("it is deregistered when no instance is left, and never while there is a primary", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const { state } = reached(commands);
        const roles = state.instances.map((one) => one.system_replication);
        if (state.database_id !== null && roles.length === 0)
          expect(state.deregistered_at).toBe(deregistered_at);
        if (roles.includes("Primary")) expect(state.deregistered_at).toBeNull();
        expect(state.database_id === null && roles.length > 0).toBe(false);
      }),
      runs,
    );
  });

  it("every event names it", () => {
    fc.assert(
      fc.property(history, (commands) => {
        for (const event of eventsOf(commands)) expect(event.data).toMatchObject({ database_id });
      }),
    );
  });

  it("its events, stored and read again, tell the same database, as its snapshot does", () => {
    fc.assert(
      fc.property(history, command, (commands, next) => {
        const stored: readonly DatabaseEvent[] = JSON.parse(JSON.stringify(eventsOf(commands)));
        const rebuilt = given(database, stored);
        const rolledUp = reached(commands);
        expect(rebuilt.state).toStrictEqual(rolledUp.state);
        expect(rebuilt.when(next).decision).toStrictEqual(rolledUp.when(next).decision);
        expect(rebuilt.when(rollUp).decision).toStrictEqual(rolledUp.when(rollUp).decision);
      }),
    );
  });
});

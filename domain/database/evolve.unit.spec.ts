/** How each event changes what is known of a database, and that an event nobody knows changes nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepFreeze, given } from "../given-when-then.ts";
import {
  absent_at,
  database_id,
  databaseDeregistered,
  databaseInSync,
  databaseRegistered,
  databaseRestored,
  databaseStale,
  databaseTombstoned,
  deregistered_at,
  gone,
  headless,
  healthChanged,
  host_a,
  host_b,
  instanceDeregistered,
  instanceInSync,
  instanceRegistered,
  instanceStale,
  markedAbsent,
  markedPresent,
  primary,
  replicated,
  replicationChanged,
  rollUpRequested,
  secondary,
  stale_at,
  statusChanged,
  tenantsUpdated,
} from "./examples.spec.ts";
import { type DatabaseAggregate, type DatabaseEvent, database } from "./index.ts";
import type { DatabaseInstance } from "./state.ts";

const nothing = database.initialState();
const { state: known } = given(database, replicated);
const { state: ill } = given(database, [
  ...replicated,
  markedAbsent(),
  instanceStale(),
  databaseStale,
  markedAbsent(host_b),
  instanceStale(host_b),
]);
const { state: deregistered } = given(database, gone);

const a: DatabaseInstance = {
  sid: "HDB",
  host_id: host_a,
  instance_number: "00",
  features: "HDB|HDB_WORKER",
  status: "green",
  ...primary,
  absent_at: null,
  stale_at: null,
};
const b: DatabaseInstance = { ...a, host_id: host_b, ...secondary };
const illA = { ...a, absent_at, stale_at };
const illB = { ...b, absent_at, stale_at };

interface Change {
  readonly from: DatabaseAggregate;
  readonly event: DatabaseEvent;
  /** What is different afterwards; all else stays. */
  readonly changes: Partial<DatabaseAggregate>;
}

const changeBy: { readonly [Type in DatabaseEvent["type"]]: Change } = {
  DatabaseRegistered: {
    from: nothing,
    event: databaseRegistered("critical"),
    changes: { database_id, sid: "HDB", health: "critical" },
  },
  DatabaseInstanceRegistered: {
    from: known,
    event: instanceRegistered({ instance_number: "10", ...primary }),
    changes: { instances: [a, b, { ...a, instance_number: "10" }] },
  },
  DatabaseTenantsUpdated: {
    from: known,
    event: tenantsUpdated([{ name: "DEV" }], known.tenants),
    changes: { tenants: [{ name: "DEV" }] },
  },
  DatabaseInstanceStatusChanged: {
    from: known,
    event: statusChanged("red", host_b),
    changes: { instances: [a, { ...b, status: "red" }] },
  },
  DatabaseInstanceSystemReplicationChanged: {
    from: ill,
    event: replicationChanged(primary, host_b),
    changes: { instances: [illA, { ...illB, ...primary }] },
  },
  DatabaseHealthChanged: { from: known, event: healthChanged("warning"), changes: { health: "warning" } },
  DatabaseInstanceMarkedAbsent: {
    from: known,
    event: markedAbsent(),
    changes: { instances: [{ ...a, absent_at }, b] },
  },
  DatabaseInstanceMarkedPresent: {
    from: ill,
    event: markedPresent(),
    changes: { instances: [{ ...illA, absent_at: null }, illB] },
  },
  DatabaseInstanceDataMarkedStale: {
    from: known,
    event: instanceStale(),
    changes: { instances: [{ ...a, stale_at }, b] },
  },
  DatabaseInstanceDataMarkedInSync: {
    from: ill,
    event: instanceInSync(),
    changes: { instances: [{ ...illA, stale_at: null }, illB] },
  },
  DatabaseDataMarkedStale: { from: known, event: databaseStale, changes: { stale_at } },
  DatabaseDataMarkedInSync: { from: ill, event: databaseInSync, changes: { stale_at: null } },
  DatabaseInstanceDeregistered: { from: known, event: instanceDeregistered(), changes: { instances: [b] } },
  DatabaseDeregistered: { from: known, event: databaseDeregistered, changes: { deregistered_at } },
  DatabaseTombstoned: { from: deregistered, event: databaseTombstoned, changes: {} },
  DatabaseRestored: {
    from: deregistered,
    event: databaseRestored("critical"),
    changes: { deregistered_at: null, health: "critical" },
  },
  DatabaseRollUpRequested: { from: known, event: rollUpRequested, changes: { rolling_up: true } },
  DatabaseRolledUp: {
    from: nothing,
    event: { type: "DatabaseRolledUp", data: { database_id, snapshot: ill } },
    changes: ill,
  },
};

describe("evolve", () => {
  it.each(Object.entries(changeBy))("%s changes what it tells of, and nothing else", (type, change) => {
    expect(change.event.type).toBe(type);
    const { from, event, changes } = deepFreeze(change);
    expect(database.evolve(from, event)).toStrictEqual({ ...from, ...changes });
  });

  it("knows the 18 events of a database", () => {
    expect(Object.keys(changeBy)).toHaveLength(18);
  });

  it("puts an instance that registers anew in the place of the one that was left over", () => {
    const { state } = given(database, [...headless, markedAbsent(host_b), instanceStale(host_b)]);
    const event = instanceRegistered({ host_id: host_b, ...primary, status: "red" });
    expect(database.evolve(state, event).instances).toStrictEqual([{ ...a, host_id: host_b, status: "red" }]);
  });

  it.each([
    statusChanged("red", host_b),
    markedAbsent(host_b),
    instanceStale(host_b),
    instanceDeregistered(host_b),
  ])("$type of an instance that nobody knows changes nothing", (event) => {
    const { state } = given(database, [databaseRegistered(), instanceRegistered(), tenantsUpdated()]);
    expect(database.evolve(state, event)).toStrictEqual(state);
  });

  it("starts with a database of which nothing is known", () => {
    expect(nothing).toStrictEqual({
      database_id: null,
      sid: null,
      health: "unknown",
      instances: [],
      tenants: [],
      stale_at: null,
      deregistered_at: null,
      rolling_up: false,
    });
  });

  it("lets an event of an unknown type pass, whatever it holds", () => {
    const unknownType = fc.oneof(
      fc.string(),
      fc.constantFrom("", "databaseregistered", "DatabaseRegistered ", "DatabaseInstanceHealthChanged"),
      fc.constantFrom("__proto__", "constructor", "toString"),
    );
    fc.assert(
      fc.property(unknownType, fc.jsonValue(), (type, data) => {
        fc.pre(!Object.hasOwn(changeBy, type));
        // Read from a store, as it was written by a newer release.
        const event: DatabaseEvent = JSON.parse(JSON.stringify({ type, data }));
        expect(database.evolve(ill, event)).toBe(ill);
      }),
    );
  });
});

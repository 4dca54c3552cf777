/** How each event changes what is known of a system, and that an event nobody knows changes nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepFreeze, given } from "../given-when-then.ts";
import {
  absent_at,
  ascs,
  complete,
  database_id,
  databaseHealthChanged,
  databaseStaleAtChanged,
  deregistered_at,
  ensaUpdated,
  ers,
  gone,
  healthChanged,
  host_b,
  incomplete,
  instanceDeregistered,
  instanceInSync,
  instanceRegistered,
  instanceStale,
  java,
  later,
  markedAbsent,
  markedPresent,
  moved,
  pas,
  rollUpRequested,
  sap_system_id,
  stale_at,
  statusChanged,
  systemDeregistered,
  systemInSync,
  systemRegistered,
  systemRestored,
  systemStale,
  systemTombstoned,
  withoutDatabase,
} from "./examples.spec.ts";
import { type SapSystemAggregate, type SapSystemEvent, sapSystem } from "./index.ts";

const nothing = sapSystem.initialState();
const known = given(sapSystem, complete).state;
const ill = given(sapSystem, [
  ...complete,
  markedAbsent(ascs),
  instanceStale(ascs),
  systemStale(),
  markedAbsent(pas),
  instanceStale(pas),
]).state;
const deregistered = given(sapSystem, withoutDatabase).state;

const well = { sid: "PRD", status: "green", absent_at: null, stale_at: null } as const;
const server = { ...well, ...ascs };
const dialog = { ...well, ...pas };
const illServer = { ...server, absent_at, stale_at };
const illDialog = { ...dialog, absent_at, stale_at };

interface Change {
  readonly from: SapSystemAggregate;
  readonly event: SapSystemEvent;
  /** What is different afterwards; all else stays. */
  readonly changes: Partial<SapSystemAggregate>;
}

const changeBy: { readonly [Type in SapSystemEvent["type"]]: Change } = {
  ApplicationInstanceRegistered: {
    from: nothing,
    event: instanceRegistered(ascs),
    changes: { sap_system_id, instances: [server] },
  },
  ApplicationInstanceMoved: {
    from: ill,
    event: moved(ascs, host_b),
    changes: { instances: [{ ...illServer, host_id: host_b }, illDialog] },
  },
  ApplicationInstanceStatusChanged: {
    from: known,
    event: statusChanged("red", pas),
    changes: { instances: [server, { ...dialog, status: "red" }] },
  },
  ApplicationInstanceMarkedAbsent: {
    from: known,
    event: markedAbsent(pas),
    changes: { instances: [server, { ...dialog, absent_at }] },
  },
  ApplicationInstanceMarkedPresent: {
    from: ill,
    event: markedPresent(pas),
    changes: { instances: [illServer, { ...illDialog, absent_at: null }] },
  },
  ApplicationInstanceDataMarkedStale: {
    from: known,
    event: instanceStale(pas),
    changes: { instances: [server, { ...dialog, stale_at }] },
  },
  ApplicationInstanceDataMarkedInSync: {
    from: ill,
    event: instanceInSync(pas),
    changes: { instances: [illServer, { ...illDialog, stale_at: null }] },
  },
  ApplicationInstanceDeregistered: {
    from: known,
    event: instanceDeregistered(ascs),
    changes: { instances: [dialog] },
  },
  SapSystemRegistered: {
    from: given(sapSystem, incomplete).state,
    event: systemRegistered({
      health: "warning",
      database_health: "critical",
      database_stale_at: later,
      ensa_version: "ensa2",
    }),
    changes: {
      sid: "PRD",
      health: "warning",
      database: { database_id, tenant: "PRD", db_host: "10.1.1.4" },
      database_health: "critical",
      database_stale_at: later,
      ensa_version: "ensa2",
    },
  },
  SapSystemUpdated: { from: known, event: ensaUpdated("ensa1"), changes: { ensa_version: "ensa1" } },
  SapSystemHealthChanged: { from: known, event: healthChanged("critical"), changes: { health: "critical" } },
  SapSystemDatabaseHealthChanged: {
    from: known,
    event: databaseHealthChanged("critical"),
    changes: { database_health: "critical" },
  },
  SapSystemDatabaseStaleAtChanged: {
    from: known,
    event: databaseStaleAtChanged(later),
    changes: { database_stale_at: later },
  },
  SapSystemDataMarkedStale: { from: known, event: systemStale(), changes: { stale_at } },
  SapSystemDataMarkedInSync: { from: ill, event: systemInSync, changes: { stale_at: null } },
  SapSystemDeregistered: { from: known, event: systemDeregistered, changes: { deregistered_at } },
  SapSystemTombstoned: { from: given(sapSystem, gone).state, event: systemTombstoned, changes: {} },
  SapSystemRestored: {
    from: deregistered,
    event: systemRestored({
      tenant: "QAS",
      db_host: "10.1.1.5",
      health: "warning",
      database_health: "critical",
      database_stale_at: later,
    }),
    changes: {
      deregistered_at: null,
      health: "warning",
      database: { database_id, tenant: "QAS", db_host: "10.1.1.5" },
      database_health: "critical",
      database_stale_at: later,
    },
  },
  SapSystemRollUpRequested: { from: known, event: rollUpRequested, changes: { rolling_up: true } },
  SapSystemRolledUp: {
    from: nothing,
    event: { type: "SapSystemRolledUp", data: { sap_system_id, snapshot: ill } },
    changes: ill,
  },
};

describe("evolve", () => {
  it.each(Object.entries(changeBy))("%s changes what it tells of, and nothing else", (type, change) => {
    expect(change.event.type).toBe(type);
    const { from, event, changes } = deepFreeze(change);
    expect(sapSystem.evolve(from, event)).toStrictEqual({ ...from, ...changes });
  });

  it("knows the 20 events of a system", () => {
    expect(Object.keys(changeBy)).toHaveLength(20);
  });

  it("has one instance of a number on a host, the one that registered last", () => {
    const { instances } = sapSystem.evolve(ill, instanceRegistered({ ...pas, status: "red" }));
    expect(instances).toStrictEqual([illServer, { ...dialog, status: "red" }]);
  });

  it.each([
    moved(ers, host_b),
    statusChanged("red", java),
    markedAbsent(java),
    instanceStale(java),
    instanceDeregistered(java),
  ])("$type of an instance that nobody knows changes nothing", (event) => {
    expect(sapSystem.evolve(known, event)).toStrictEqual(known);
  });

  it("starts with a system of which nothing is known", () => {
    expect(nothing).toStrictEqual({
      sap_system_id: null,
      sid: null,
      health: "unknown",
      database: null,
      database_health: "unknown",
      database_stale_at: null,
      ensa_version: "no_ensa",
      instances: [],
      stale_at: null,
      deregistered_at: null,
      rolling_up: false,
    });
  });

  it("lets an event of an unknown type pass, whatever it holds", () => {
    const unknownType = fc.oneof(
      fc.string(),
      fc.constantFrom("", "sapsystemregistered", "SapSystemRegistered ", "ApplicationInstanceHealthChanged"),
      fc.constantFrom("__proto__", "constructor", "toString"),
    );
    fc.assert(
      fc.property(unknownType, fc.jsonValue(), (type, data) => {
        fc.pre(!Object.hasOwn(changeBy, type));
        // Read from a store, as it was written by a newer release.
        const event: SapSystemEvent = JSON.parse(JSON.stringify({ type, data }));
        expect(sapSystem.evolve(ill, event)).toBe(ill);
      }),
    );
  });
});

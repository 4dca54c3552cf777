/** A deregistered system that comes back with an instance or with its database: rule 12. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import type { Health } from "../health.ts";
import type { InstanceStatus } from "../instance.ts";
import {
  ascs,
  complete,
  database_id,
  databaseStaleAtChanged,
  ers,
  gone,
  healthChanged,
  host_b,
  incomplete,
  instanceInSync,
  instanceRegistered,
  instanceStale,
  java,
  later,
  markedAbsent,
  markedPresent,
  moved,
  pas,
  register,
  restore,
  statusChanged,
  systemDeregistered,
  systemInSync,
  systemRestored,
  systemStale,
  withoutDatabase,
  withoutServer,
} from "./examples.spec.ts";
import { sapSystem } from "./index.ts";

const statuses: readonly (readonly [InstanceStatus, Health])[] = [
  ["green", "passing"],
  ["yellow", "warning"],
  ["red", "critical"],
  ["gray", "unknown"],
];

describe("rule 12: a registration restores a system", () => {
  it.each(statuses)("that was completed by a %s instance as %s", (status, health) => {
    const { state } = given(sapSystem, withoutServer)
      .when(register({ status }))
      .then([instanceRegistered({ status }), systemRestored({ health })]);
    expect(state).toMatchObject({ sid: "PRD", deregistered_at: null, health });
  });

  it("that was completed by an application server of Java", () => {
    given(sapSystem, withoutServer)
      .when(register(java))
      .then([instanceRegistered(java), systemRestored()]);
  });

  it("that was complete, by an instance of it which is still known", () => {
    const { state } = given(sapSystem, withoutDatabase).when(register()).then([systemRestored()]);
    expect(state.deregistered_at).toBeNull();
  });

  it("and tells where its database is now, and how that is", () => {
    const now = {
      tenant: "QAS",
      db_host: "10.1.1.5",
      database_health: "critical",
      database_stale_at: later,
    } as const;
    const { state } = given(sapSystem, withoutDatabase)
      .when(register(now))
      .then([systemRestored(now), healthChanged("critical")]);
    expect(state).toMatchObject({
      database: { database_id, tenant: "QAS", db_host: "10.1.1.5" },
      database_health: "critical",
      database_stale_at: later,
    });
  });

  it("with the instance moved, present and in sync, and then all in sync and the health", () => {
    given(sapSystem, withoutDatabase)
      .when(register({ ...ascs, host_id: host_b, clustered: true }))
      .then([moved(ascs, host_b), systemRestored()]);
    given(sapSystem, [
      ...withoutDatabase,
      statusChanged("red", ascs),
      markedAbsent(),
      instanceStale(),
      systemStale(),
    ])
      .when(register())
      .then([markedPresent(), instanceInSync(), systemRestored(), systemInSync, healthChanged("critical")]);
  });

  it("and leaves it stale while another part is", () => {
    given(sapSystem, [...withoutDatabase, instanceStale(ascs), systemStale()])
      .when(register())
      .then([systemRestored()]);
    given(sapSystem, [...withoutDatabase, instanceStale(), systemStale()])
      .when(register({ database_stale_at: later }))
      .then([instanceInSync(), systemRestored({ database_stale_at: later })]);
  });

  it("without the status of an instance which is still known: that is told by the next", () => {
    const command = register({ status: "red" });
    const { state } = given(sapSystem, withoutDatabase)
      .when(command)
      .then([systemRestored({ health: "critical" }), healthChanged("passing")]);
    expect(sapSystem.decide(command, state)).toStrictEqual({
      ok: true,
      events: [statusChanged("red"), healthChanged("critical")],
    });
  });
});

describe("rule 12: a registration that does not complete a deregistered system", () => {
  it("is told of the instance alone", () => {
    const { state } = given(sapSystem, withoutServer)
      .when(register(ers))
      .then([instanceRegistered(ers)]);
    expect(state.deregistered_at).not.toBeNull();
    given(sapSystem, gone)
      .when(register({ ...pas, status: "red", database_health: "critical" }))
      .then([instanceRegistered({ ...pas, status: "red" })]);
  });

  it("is told of an instance that is still known: present and in sync, and no health", () => {
    given(sapSystem, [...withoutServer, markedAbsent(ascs), instanceStale(ascs), systemStale()])
      .when(register({ ...ascs, status: "red" }))
      .then([markedPresent(ascs), instanceInSync(ascs), systemInSync]);
    given(sapSystem, withoutServer).when(register(ascs)).thenNothing();
  });

  it("is followed by one that does, until all are back", () => {
    given(sapSystem, [...gone, instanceRegistered(pas)])
      .when(register(ascs))
      .then([instanceRegistered(ascs), systemRestored()]);
  });
});

describe("rule 12: the database restores a system", () => {
  it("that is complete, with the health that it had", () => {
    const { state } = given(sapSystem, withoutDatabase).when(restore()).then([systemRestored()]);
    expect(state.deregistered_at).toBeNull();
  });

  it("and its health follows when it is another now", () => {
    given(sapSystem, withoutDatabase)
      .when(restore("critical"))
      .then([systemRestored({ database_health: "critical" }), healthChanged("critical")]);
    given(sapSystem, [...complete, healthChanged("warning"), systemDeregistered])
      .when(restore())
      .then([systemRestored({ health: "warning" }), healthChanged("passing")]);
  });

  it("which is in sync with it, where the database was stale", () => {
    const stale = [...complete, databaseStaleAtChanged(later), systemStale(later), systemDeregistered];
    const { state } = given(sapSystem, stale).when(restore()).then([systemRestored()]);
    expect(state.database_stale_at).toBeNull();
    given(sapSystem, [...stale, systemRestored()])
      .when(register())
      .then([systemInSync]);
  });

  it("in which instances are as absent or stale as they were", () => {
    const before = given(sapSystem, [...withoutDatabase, markedAbsent(), instanceStale(), systemStale()]);
    const { state } = before.when(restore()).then([systemRestored()]);
    expect(state).toStrictEqual({ ...before.state, deregistered_at: null });
  });

  it("but none that is not complete", () => {
    given(sapSystem, withoutServer).when(restore()).thenNothing();
    given(sapSystem, gone).when(restore("critical")).thenNothing();
  });

  it("but none that is there, or is none yet", () => {
    given(sapSystem, complete).when(restore("critical")).thenNothing();
    given(sapSystem, incomplete).when(restore("critical")).thenNothing();
  });
});

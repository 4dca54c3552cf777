/** Instances that are removed, and systems that go with them or with their database: rules 10 and 11. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  ascs,
  complete,
  databaseStaleAtChanged,
  deregister,
  deregistered_at,
  deregisterSystem,
  ers,
  gone,
  healthChanged,
  host_d,
  incomplete,
  instanceDeregistered,
  instanceRegistered,
  instanceStale,
  java,
  later,
  markedAbsent,
  pas,
  stale_at,
  statusChanged,
  systemDeregistered,
  systemInSync,
  systemRestored,
  systemStale,
  systemTombstoned,
  withoutDatabase,
  withoutServer,
} from "./examples.spec.ts";
import { sapSystem } from "./index.ts";

describe("rule 10: an instance that is removed", () => {
  it("leaves the system when that does not need it", () => {
    const { state } = given(sapSystem, [...complete, instanceRegistered(ers)])
      .when(deregister(ers))
      .then([instanceDeregistered(ers)]);
    expect(state).toMatchObject({ deregistered_at: null, instances: [ascs, pas] });
  });

  it("leaves the system when there is another application server, of either kind", () => {
    given(sapSystem, [...complete, instanceRegistered(java)])
      .when(deregister(pas))
      .then([instanceDeregistered(pas)]);
    given(sapSystem, [...complete, instanceRegistered({ ...pas, host_id: host_d })])
      .when(deregister(pas))
      .then([instanceDeregistered(pas)]);
  });

  it.each([
    ["message server", ascs, pas],
    ["application server", pas, ascs],
  ])("takes the system along when it was its only %s", (_, removed, left) => {
    const { state } = given(sapSystem, complete)
      .when(deregister(removed))
      .then([instanceDeregistered(removed), systemDeregistered]);
    expect(state).toMatchObject({ deregistered_at, instances: [left] });
  });

  it("does not deregister a system twice, and buries it with its last instance", () => {
    given(sapSystem, withoutServer)
      .when(deregister(ascs))
      .then([instanceDeregistered(ascs), systemTombstoned]);
    given(sapSystem, withoutDatabase)
      .when(deregister(ascs))
      .then([instanceDeregistered(ascs)]);
  });

  it("deregisters and buries a system that was this one instance", () => {
    const both = { ...pas, features: "MESSAGESERVER|ABAP" };
    given(sapSystem, [instanceRegistered(both), ...complete.slice(2)])
      .when(deregister(both))
      .then([instanceDeregistered(both), systemDeregistered, systemTombstoned]);
  });

  it("leaves instances that are no system yet as they are", () => {
    given(sapSystem, [...incomplete, instanceRegistered(ers)])
      .when(deregister(ers))
      .then([instanceDeregistered(ers)]);
  });

  it("buries a system that never was one with its last instance", () => {
    const { state } = given(sapSystem, incomplete)
      .when(deregister(ascs))
      .then([instanceDeregistered(ascs), systemTombstoned]);
    expect(state).toMatchObject({ sid: null, deregistered_at: null, instances: [] });
  });

  it("deregisters a system anew that was restored", () => {
    given(sapSystem, [...withoutServer, instanceRegistered(pas), systemRestored()])
      .when(deregister(pas))
      .then([instanceDeregistered(pas), systemDeregistered]);
  });

  it("does not change the health until another registers", () => {
    const { state } = given(sapSystem, [
      ...complete,
      instanceRegistered(java),
      statusChanged("red", java),
      healthChanged("critical"),
    ])
      .when(deregister(java))
      .then([instanceDeregistered(java)]);
    expect(state.health).toBe("critical");
  });

  it.each([
    ["of a system", complete],
    ["of instances that are no system yet", incomplete],
    ["of a deregistered system", withoutServer],
    ["of a system of which nothing is left", gone],
  ])("%s and that nobody knows is refused", (_, events) => {
    given(sapSystem, events)
      .when(deregister({ ...pas, host_id: host_d }))
      .thenRefused("application_instance_not_registered");
  });
});

describe("rule 10: a stale system that loses an instance", () => {
  const stale = [...complete, instanceRegistered(java), instanceStale(java), systemStale()];

  it("is in sync when that was the last stale one", () => {
    const { state } = given(sapSystem, stale)
      .when(deregister(java))
      .then([instanceDeregistered(java), systemInSync]);
    expect(state.stale_at).toBeNull();
  });

  it("stays stale while another is, or the database", () => {
    const { state } = given(sapSystem, [...stale, instanceStale(ascs, later)])
      .when(deregister(java))
      .then([instanceDeregistered(java)]);
    expect(state.stale_at).toBe(stale_at);
    given(sapSystem, [...stale, databaseStaleAtChanged(later)])
      .when(deregister(java))
      .then([instanceDeregistered(java)]);
  });

  it("stays stale when that was in sync", () => {
    given(sapSystem, [...stale, instanceRegistered(ers)])
      .when(deregister(ers))
      .then([instanceDeregistered(ers)]);
  });

  it("is in sync, deregistered and buried, in that order", () => {
    given(sapSystem, [...complete, instanceStale(), systemStale()])
      .when(deregister(pas))
      .then([instanceDeregistered(pas), systemInSync, systemDeregistered]);
    given(sapSystem, [...withoutServer, markedAbsent(ascs), instanceStale(ascs), systemStale()])
      .when(deregister(ascs))
      .then([instanceDeregistered(ascs), systemInSync, systemTombstoned]);
  });
});

describe("rule 11: a system that loses its database", () => {
  it("is deregistered, and its instances stay", () => {
    const before = given(sapSystem, complete);
    const { state } = before.when(deregisterSystem).then([systemDeregistered]);
    expect(state).toStrictEqual({ ...before.state, deregistered_at });
  });

  it.each([
    ["that lost it already", withoutDatabase],
    ["that lost its application server", withoutServer],
    ["of which nothing is left", gone],
  ])("%s is not deregistered again", (_, events) => {
    given(sapSystem, events).when(deregisterSystem).thenRefused("sap_system_not_registered");
  });

  it("is no system yet: it goes on without, and may be completed later", () => {
    const { state } = given(sapSystem, incomplete)
      .when(deregisterSystem)
      .thenRefused("sap_system_not_registered");
    expect(state.deregistered_at).toBeNull();
  });

  it("may be deregistered anew once it was restored", () => {
    given(sapSystem, [...withoutDatabase, systemRestored()])
      .when(deregisterSystem)
      .then([systemDeregistered]);
  });
});

/** Instances that are removed, and a database that goes with them: rule 5. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  databaseDeregistered,
  databaseInSync,
  databaseRestored,
  databaseStale,
  databaseTombstoned,
  deregister,
  deregistered_at,
  gone,
  headless,
  healthChanged,
  host_b,
  host_c,
  instanceDeregistered,
  instanceRegistered,
  instanceStale,
  later,
  markedAbsent,
  nameOf,
  pair,
  primary,
  replicated,
  secondary,
  single,
  stale_at,
  statusChanged,
} from "./examples.spec.ts";
import { database } from "./index.ts";

describe("rule 5: the last instance of a database", () => {
  it("takes it along, for good", () => {
    const { state } = given(database, single)
      .when(deregister())
      .then([instanceDeregistered(), databaseDeregistered, databaseTombstoned]);
    expect(state).toMatchObject({ instances: [], deregistered_at });
  });

  it("takes it along when it is the primary", () => {
    given(database, [...replicated, instanceDeregistered(host_b)])
      .when(deregister())
      .then([instanceDeregistered(), databaseDeregistered, databaseTombstoned]);
  });

  it("leaves nothing that could be stale", () => {
    const { state } = given(database, [...single, markedAbsent(), instanceStale(), databaseStale])
      .when(deregister())
      .then([instanceDeregistered(), databaseInSync, databaseDeregistered, databaseTombstoned]);
    expect(state.stale_at).toBeNull();
  });
});

describe("rule 5: one of several instances", () => {
  it("leaves the database when none of them replicates", () => {
    const { state } = given(database, pair).when(deregister()).then([instanceDeregistered()]);
    expect(state).toMatchObject({ deregistered_at: null, instances: [{ host_id: host_b }] });
    given(database, pair)
      .when(deregister(host_b))
      .then([instanceDeregistered(host_b)]);
  });

  it("leaves the database when it is the secondary", () => {
    given(database, replicated)
      .when(deregister(host_b))
      .then([instanceDeregistered(host_b)]);
  });

  it("takes the database along when it is the primary: a secondary is left, which is not buried", () => {
    const { state } = given(database, replicated)
      .when(deregister())
      .then([instanceDeregistered(), databaseDeregistered]);
    expect(state).toMatchObject({ deregistered_at, instances: [{ host_id: host_b }] });
  });

  it("takes the database along when a secondary is left next to one that does not replicate", () => {
    given(database, [...replicated, instanceRegistered({ host_id: host_c })])
      .when(deregister())
      .then([instanceDeregistered(), databaseDeregistered]);
  });

  it("leaves the database while there is another primary", () => {
    given(database, [...replicated, instanceRegistered({ host_id: host_c, ...primary })])
      .when(deregister())
      .then([instanceDeregistered()]);
  });

  it("leaves the database when it is the secondary of the lowest tier", () => {
    const third = { ...secondary, host_id: host_c, system_replication_tier: 3 };
    given(database, [...replicated, instanceRegistered(third)])
      .when(deregister(host_c))
      .then([instanceDeregistered(host_c)]);
  });

  it("that has the same number on the same host is the one that is meant", () => {
    const { state } = given(database, [...single, instanceRegistered({ instance_number: "10" })])
      .when({
        type: "DeregisterDatabaseInstance",
        data: { ...nameOf(undefined, "10"), deregistered_at },
      })
      .then([
        {
          type: "DatabaseInstanceDeregistered",
          data: { ...nameOf(undefined, "10"), deregistered_at },
        },
      ]);
    expect(state.instances.map(({ instance_number }) => instance_number)).toEqual(["00"]);
  });

  it("does not change the health until another registers", () => {
    const { state } = given(database, [...pair, statusChanged("red", host_b), healthChanged("critical")])
      .when(deregister(host_b))
      .then([instanceDeregistered(host_b)]);
    expect(state.health).toBe("critical");
  });
});

describe("rule 5: a stale database that loses an instance", () => {
  const stale = [...pair, instanceStale(), databaseStale];

  it("is in sync when that was the last stale one", () => {
    const { state } = given(database, stale)
      .when(deregister())
      .then([instanceDeregistered(), databaseInSync]);
    expect(state.stale_at).toBeNull();
  });

  it("stays stale when that was in sync, or when another is stale", () => {
    given(database, stale)
      .when(deregister(host_b))
      .then([instanceDeregistered(host_b)]);
    const { state } = given(database, [...stale, instanceStale(host_b, later)])
      .when(deregister())
      .then([instanceDeregistered()]);
    expect(state.stale_at).toBe(stale_at);
  });

  it("is in sync before it is gone", () => {
    given(database, [...replicated, instanceStale(), databaseStale])
      .when(deregister())
      .then([instanceDeregistered(), databaseInSync, databaseDeregistered]);
  });
});

describe("rule 5: an instance that nobody knows", () => {
  it.each([
    ["of a database that is there", single],
    ["of a database that lost its primary", headless],
    ["of a database of which nothing is left", gone],
  ])("%s is refused", (_, events) => {
    given(database, events).when(deregister(host_c)).thenRefused("database_instance_not_registered");
  });

  it("is the one that was removed already", () => {
    given(database, [...pair, instanceDeregistered()])
      .when(deregister())
      .thenRefused("database_instance_not_registered");
  });
});

describe("rule 6: what is left of a deregistered database", () => {
  it("can be removed: the database is buried, and not deregistered twice", () => {
    given(database, headless)
      .when(deregister(host_b))
      .then([instanceDeregistered(host_b), databaseTombstoned]);
  });

  it("can be removed one by one", () => {
    given(database, [...headless, instanceRegistered({ host_id: host_c, ...secondary })])
      .when(deregister(host_b))
      .then([instanceDeregistered(host_b)]);
  });

  it("can be removed while it is stale", () => {
    given(database, [...headless, instanceStale(host_b), databaseStale])
      .when(deregister(host_b))
      .then([instanceDeregistered(host_b), databaseInSync, databaseTombstoned]);
  });

  it("is deregistered anew after the database was restored", () => {
    given(database, [...gone, instanceRegistered(), databaseRestored()])
      .when(deregister())
      .then([instanceDeregistered(), databaseDeregistered, databaseTombstoned]);
  });
});

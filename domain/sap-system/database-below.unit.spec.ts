/** The health of the database below a system, and whether it is kept up: rules 8 and 9. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import { type Health, healthSchema } from "../health.ts";
import {
  ascs,
  complete,
  databaseHealthChanged,
  databaseStaleAtChanged,
  gone,
  healthChanged,
  incomplete,
  instanceInSync,
  instanceRegistered,
  instanceStale,
  later,
  pas,
  register,
  stale_at,
  statusChanged,
  systemInSync,
  systemRegistered,
  systemStale,
  updateDatabaseHealth,
  updateDatabaseStaleAt,
  withoutDatabase,
  withoutServer,
} from "./examples.spec.ts";
import { sapSystem } from "./index.ts";

describe("rule 9: the health of the database", () => {
  it.each<Health>(["warning", "critical", "unknown"])("is %s now: so is the system", (health) => {
    const { state } = given(sapSystem, complete)
      .when(updateDatabaseHealth(health))
      .then([databaseHealthChanged(health), healthChanged(health)]);
    expect(state).toMatchObject({ database_health: health, health });
  });

  it.each(healthSchema.options)("is %s as it was: nothing", (health) => {
    given(sapSystem, [...complete, databaseHealthChanged(health), healthChanged(health)])
      .when(updateDatabaseHealth(health))
      .thenNothing();
  });

  it("is told alone when an instance is as bad or worse", () => {
    const red = [...complete, statusChanged("red"), healthChanged("critical")];
    given(sapSystem, red)
      .when(updateDatabaseHealth("warning"))
      .then([databaseHealthChanged("warning")]);
    given(sapSystem, red)
      .when(updateDatabaseHealth("critical"))
      .then([databaseHealthChanged("critical")]);
  });

  it("is passing again: the system is as its instances are", () => {
    given(sapSystem, [
      ...complete,
      statusChanged("yellow"),
      healthChanged("warning"),
      databaseHealthChanged("unknown"),
      healthChanged("unknown"),
    ])
      .when(updateDatabaseHealth("passing"))
      .then([databaseHealthChanged("passing"), healthChanged("warning")]);
  });

  it("is no health of a system that is none yet (rule 4)", () => {
    const { state } = given(sapSystem, incomplete)
      .when(updateDatabaseHealth("critical"))
      .then([databaseHealthChanged("critical")]);
    expect(state.health).toBe("unknown");
  });

  it("is what the registration tells once there is a system", () => {
    given(sapSystem, [...incomplete, databaseHealthChanged("critical")])
      .when(register({ ...pas, database_health: "warning" }))
      .then([
        instanceRegistered(pas),
        systemRegistered({ database_health: "warning" }),
        healthChanged("warning"),
      ]);
  });
});

describe("rule 8: a database that is stale", () => {
  it("makes the system stale", () => {
    const { state } = given(sapSystem, complete)
      .when(updateDatabaseStaleAt(stale_at))
      .then([databaseStaleAtChanged(stale_at), systemStale()]);
    expect(state).toMatchObject({ database_stale_at: stale_at, stale_at });
  });

  it("makes no system stale that is: that keeps the time since when it is", () => {
    const { state } = given(sapSystem, [...complete, instanceStale(), systemStale()])
      .when(updateDatabaseStaleAt(later))
      .then([databaseStaleAtChanged(later)]);
    expect(state).toMatchObject({ database_stale_at: later, stale_at });
  });

  it("is told once", () => {
    given(sapSystem, [...complete, databaseStaleAtChanged(stale_at), systemStale()])
      .when(updateDatabaseStaleAt(stale_at))
      .thenNothing();
  });

  it("since another time: that is told, and the system keeps its own", () => {
    const { state } = given(sapSystem, [...complete, databaseStaleAtChanged(stale_at), systemStale()])
      .when(updateDatabaseStaleAt(later))
      .then([databaseStaleAtChanged(later)]);
    expect(state).toMatchObject({ database_stale_at: later, stale_at });
  });
});

describe("rule 8: a database that is in sync", () => {
  it("is no news when it was", () => {
    given(sapSystem, complete).when(updateDatabaseStaleAt(null)).thenNothing();
    given(sapSystem, [...complete, instanceStale(), systemStale()])
      .when(updateDatabaseStaleAt(null))
      .thenNothing();
  });

  it("brings the system in sync when nothing else is stale", () => {
    const { state } = given(sapSystem, [...complete, databaseStaleAtChanged(stale_at), systemStale()])
      .when(updateDatabaseStaleAt(null))
      .then([databaseStaleAtChanged(null), systemInSync]);
    expect(state).toMatchObject({ database_stale_at: null, stale_at: null });
  });

  it("leaves the system stale while an instance is", () => {
    const { state } = given(sapSystem, [
      ...complete,
      databaseStaleAtChanged(stale_at),
      systemStale(),
      instanceStale(ascs, later),
    ])
      .when(updateDatabaseStaleAt(null))
      .then([databaseStaleAtChanged(null)]);
    expect(state.stale_at).toBe(stale_at);
  });

  it("brings the system in sync after the instances", () => {
    given(sapSystem, [
      ...complete,
      instanceStale(),
      systemStale(),
      databaseStaleAtChanged(later),
      instanceInSync(),
    ])
      .when(updateDatabaseStaleAt(null))
      .then([databaseStaleAtChanged(null), systemInSync]);
  });

  it("is told alone when the system was in sync, as it was registered with a stale one", () => {
    given(sapSystem, [
      instanceRegistered(ascs),
      instanceRegistered(pas),
      systemRegistered({ database_stale_at: stale_at }),
    ])
      .when(updateDatabaseStaleAt(null))
      .then([databaseStaleAtChanged(null)]);
  });
});

describe("rules 8 and 9: a deregistered system", () => {
  it.each([
    ["without its database", withoutDatabase],
    ["without its application server", withoutServer],
    ["of which nothing is left", gone],
  ])("%s is not told of a database", (_, events) => {
    given(sapSystem, events).when(updateDatabaseHealth("critical")).thenRefused("sap_system_not_registered");
    given(sapSystem, events).when(updateDatabaseStaleAt(later)).thenRefused("sap_system_not_registered");
  });
});

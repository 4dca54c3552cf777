/** A deregistered database that comes back: rule 6. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import type { Health } from "../health.ts";
import type { InstanceStatus } from "../instance.ts";
import {
  databaseInSync,
  databaseRestored,
  databaseStale,
  gone,
  headless,
  healthChanged,
  host_b,
  host_c,
  instanceRegistered,
  instanceStale,
  markedAbsent,
  primary,
  register,
  rollUp,
  secondary,
  statusChanged,
  tenants,
  tenantsUpdated,
} from "./examples.spec.ts";
import { database } from "./index.ts";

const statuses: readonly (readonly [InstanceStatus, Health])[] = [
  ["green", "passing"],
  ["yellow", "warning"],
  ["red", "critical"],
  ["gray", "unknown"],
];

describe("rule 6: a deregistered database", () => {
  it.each(statuses)("is restored by a %s instance as %s", (status, health) => {
    const { state } = given(database, gone)
      .when(register({ status }))
      .then([instanceRegistered({ status }), databaseRestored(health)]);
    expect(state).toMatchObject({ deregistered_at: null, health });
  });

  it("tells of its tenants when they are others than before", () => {
    given(database, gone)
      .when(register({ tenants: [{ name: "DEV" }] }))
      .then([instanceRegistered(), databaseRestored(), tenantsUpdated([{ name: "DEV" }], tenants)]);
  });

  it("does not mind the order of its tenants", () => {
    given(database, gone)
      .when(register({ tenants: tenants.toReversed() }))
      .then([instanceRegistered(), databaseRestored()]);
  });

  it("is restored by a primary, on the host it was on or on another", () => {
    given(database, headless)
      .when(register(primary))
      .then([instanceRegistered(primary), databaseRestored()]);
    given(database, headless)
      .when(register({ host_id: host_c, ...primary }))
      .then([instanceRegistered({ host_id: host_c, ...primary }), databaseRestored()]);
  });

  it.each([
    ["of which nothing is left", gone, host_b],
    ["of which that secondary is left", headless, host_b],
    ["of which another secondary is left", headless, host_c],
  ])("%s is not restored by a secondary", (_, events, host_id) => {
    given(database, events)
      .when(register({ host_id, ...secondary }))
      .thenRefused("database_not_registered");
  });

  it("is not restored by a secondary of an unknown tier either", () => {
    given(database, headless)
      .when(
        register({
          host_id: host_c,
          ...secondary,
          system_replication_tier: null,
          system_replication_active_primary_site: 2,
        }),
      )
      .thenRefused("database_not_registered");
  });

  it("takes its secondaries again once it is restored", () => {
    given(database, [...gone, instanceRegistered(primary), databaseRestored()])
      .when(register({ host_id: host_b, ...secondary }))
      .then([instanceRegistered({ host_id: host_b, ...secondary })]);
  });

  it("may be rolled up", () => {
    const { state } = given(database, gone);
    given(database, gone)
      .when(rollUp)
      .then([
        { type: "DatabaseRollUpRequested", data: { database_id: rollUp.data.database_id, snapshot: state } },
      ]);
  });
});

describe("rule 6: a secondary that was left over and is the primary now", () => {
  const takeOver = register({ host_id: host_b, ...primary });
  const takenOver = [instanceRegistered({ host_id: host_b, ...primary }), databaseRestored()];

  it("restores the database, of which it is the only instance", () => {
    const { state } = given(database, headless).when(takeOver).then(takenOver);
    expect(state.instances).toMatchObject([{ host_id: host_b, system_replication: "Primary" }]);
  });

  it("is neither absent nor stale, whatever it was", () => {
    const { state } = given(database, [
      ...headless,
      markedAbsent(host_b),
      instanceStale(host_b),
      databaseStale,
    ])
      .when(takeOver)
      .then(takenOver);
    expect(state.instances).toMatchObject([{ absent_at: null, stale_at: null }]);
  });

  // Rule 6 tells nothing of this when the database is restored, so that the next registration has to.
  it("brings the database in sync by the next registration, when nothing is stale (rule 2)", () => {
    given(database, [...headless, instanceStale(host_b), databaseStale, ...takenOver])
      .when(takeOver)
      .then([databaseInSync]);
  });
});

describe("rule 6: an instance that was left over when another restores the database", () => {
  const returned = [instanceRegistered(primary), databaseRestored()];

  it("stays", () => {
    const { state } = given(database, headless).when(register(primary)).then(returned);
    expect(state.instances).toHaveLength(2);
  });

  it("counts for the health from the next registration on (rule 3)", () => {
    const left = [...headless, statusChanged("red", host_b)];
    const { state } = given(database, left).when(register(primary)).then(returned);
    expect(state.health).toBe("passing");
    given(database, [...left, ...returned])
      .when(register(primary))
      .then([healthChanged("critical")]);
  });

  it("leaves the database stale while it is stale", () => {
    given(database, [...headless, instanceStale(host_b), databaseStale, ...returned])
      .when(register(primary))
      .thenNothing();
  });

  // Rule 2 asks for a stale database of which all instances are in sync, not for an instance that was stale itself.
  it("leaves a new instance to tell that all is in sync (rule 2)", () => {
    given(database, [
      ...headless,
      instanceStale(host_b),
      databaseStale,
      instanceRegistered({ host_id: host_b, ...primary }),
      databaseRestored(),
    ])
      .when(register({ host_id: host_c }))
      .then([instanceRegistered({ host_id: host_c }), databaseInSync]);
  });
});

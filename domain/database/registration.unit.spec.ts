/** The first registration of a database, and further instances of it: rules 1 and 2. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import type { Health } from "../health.ts";
import type { InstanceStatus } from "../instance.ts";
import {
  alone,
  database_id,
  databaseRegistered,
  everyCommand,
  healthChanged,
  host_a,
  host_b,
  instanceRegistered,
  pair,
  primary,
  register,
  replicated,
  secondary,
  single,
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

describe("rule 1: an unknown database", () => {
  it.each(statuses)("of a %s instance is registered as %s", (status, health) => {
    const { state } = given(database)
      .when(register({ status }))
      .then([databaseRegistered(health), instanceRegistered({ status }), tenantsUpdated(tenants, [])]);
    expect(state).toMatchObject({ database_id, sid: "HDB", health, tenants });
  });

  it("is registered by a primary", () => {
    given(database)
      .when(register(primary))
      .then([databaseRegistered(), instanceRegistered(primary), tenantsUpdated()]);
  });

  it("is registered by an instance without replication", () => {
    const { state } = given(database).when(register(alone));
    expect(state.instances).toStrictEqual([
      {
        sid: "HDB",
        host_id: host_a,
        instance_number: "00",
        features: "HDB|HDB_WORKER",
        status: "green",
        ...alone,
        absent_at: null,
        stale_at: null,
      },
    ]);
  });

  it.each([secondary, { ...secondary, system_replication_tier: null }])(
    "is not registered by a secondary, of tier $system_replication_tier",
    (replication) => {
      const { state } = given(database).when(register(replication)).thenRefused("database_not_registered");
      expect(state).toStrictEqual(database.initialState());
    },
  );

  it("is told its tenants even if there are none", () => {
    given(database)
      .when(register({ tenants: [] }))
      .then([databaseRegistered(), instanceRegistered(), tenantsUpdated([], [])]);
  });

  it("keeps what the instance does not tell as null", () => {
    const unknown = { instance_hostname: null, start_priority: null };
    given(database)
      .when(register(unknown))
      .then([databaseRegistered(), instanceRegistered(unknown), tenantsUpdated()]);
  });

  it("tells of the instance nothing but its fields", () => {
    const command = { type: "RegisterDatabaseInstance" as const, data: { ...register().data, added: 1 } };
    given(database).when(command).then(single);
  });

  it.each(everyCommand.filter(({ type }) => type !== "RegisterDatabaseInstance"))(
    "refuses $type",
    (command) => {
      given(database).when(command).thenRefused("database_not_registered");
    },
  );
});

describe("rule 2: a further instance of a known database", () => {
  it("on another host is registered", () => {
    const { state } = given(database, single)
      .when(register({ host_id: host_b }))
      .then([instanceRegistered({ host_id: host_b })]);
    expect(state.instances.map(({ host_id }) => host_id)).toEqual([host_a, host_b]);
  });

  it("of another number on the same host is registered", () => {
    const { state } = given(database, single)
      .when(register({ instance_number: "10" }))
      .then([instanceRegistered({ instance_number: "10" })]);
    expect(state.instances.map(({ instance_number }) => instance_number)).toEqual(["00", "10"]);
  });

  it("may be a secondary once there is a primary", () => {
    given(database, [databaseRegistered(), instanceRegistered(primary), tenantsUpdated()])
      .when(register({ host_id: host_b, ...secondary }))
      .then([instanceRegistered({ host_id: host_b, ...secondary })]);
  });

  it("may be a secondary even if the instance that is known does not replicate", () => {
    given(database, single)
      .when(register({ host_id: host_b, ...secondary }))
      .then([instanceRegistered({ host_id: host_b, ...secondary })]);
  });

  it("is followed by the health, and that by the tenants", () => {
    given(database, single)
      .when(register({ host_id: host_b, status: "red", tenants: [{ name: "DEV" }] }))
      .then([
        instanceRegistered({ host_id: host_b, status: "red" }),
        healthChanged("critical"),
        tenantsUpdated([{ name: "DEV" }], tenants),
      ]);
  });

  it("makes no difference to a database that is known: each is told once", () => {
    given(database, pair)
      .when(register({ host_id: host_b }))
      .thenNothing();
    given(database, replicated)
      .when(register({ host_id: host_b, ...secondary }))
      .thenNothing();
  });
});

/** Instances that are registered, and that make a system: rules 2, 3 and 4. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import type { Health } from "../health.ts";
import type { InstanceStatus } from "../instance.ts";
import { makeSystem } from "./composition.ts";
import {
  ascs,
  complete,
  database_id,
  ers,
  everyCommand,
  healthChanged,
  incomplete,
  instanceRegistered,
  instanceStale,
  java,
  later,
  markedAbsent,
  pas,
  register,
  sap_system_id,
  statusChanged,
  systemRegistered,
  systemStale,
} from "./examples.spec.ts";
import { sapSystem } from "./index.ts";

describe("rule 2: an instance of an unknown system", () => {
  it.each([ascs, ers, pas, java, { ...pas, features: "" }])("of features $features is registered", (one) => {
    const { state } = given(sapSystem)
      .when(register(one))
      .then([instanceRegistered(one)]);
    expect(state).toStrictEqual({
      ...sapSystem.initialState(),
      sap_system_id,
      instances: [{ sid: "PRD", ...one, status: "green", absent_at: null, stale_at: null }],
    });
  });

  it("is registered next to others", () => {
    const { state } = given(sapSystem, incomplete)
      .when(register(ers))
      .then([instanceRegistered(ers)]);
    expect(state.instances).toMatchObject([ascs, ers]);
  });

  it("tells nothing when it registers again", () => {
    given(sapSystem, incomplete).when(register(ascs)).thenNothing();
  });

  it("tells of itself nothing but its fields", () => {
    const command = { type: "RegisterApplicationInstance" as const, data: { ...register().data, added: 1 } };
    given(sapSystem).when(command).then([instanceRegistered()]);
  });

  it.each(everyCommand.filter(({ type }) => type !== "RegisterApplicationInstance"))(
    "refuses $type",
    (command) => {
      given(sapSystem).when(command).thenRefused("sap_system_not_registered");
    },
  );
});

describe("rule 3: instances make a system", () => {
  it.each<readonly [string, readonly string[], boolean]>([
    ["a message server and ABAP", ["MESSAGESERVER|ENQUE", "ABAP|GATEWAY|ICMAN|IGS"], true],
    ["a message server and J2EE", ["J2EE|IGS", "MESSAGESERVER|ENQUE"], true],
    ["both in one instance", ["MESSAGESERVER|ABAP"], true],
    ["a message server, ABAP and more", ["ENQREP", "MESSAGESERVER", "WEBDISP", "ABAP"], true],
    ["a message server", ["MESSAGESERVER|ENQUE"], false],
    ["two message servers", ["MESSAGESERVER|ENQUE", "MESSAGESERVER|ENQUE"], false],
    ["a message server and a replicator", ["MESSAGESERVER|ENQUE", "ENQREP"], false],
    ["ABAP and J2EE", ["ABAP", "J2EE"], false],
    ["other features", ["ENQREP", "WEBDISP"], false],
    ["no instances", [], false],
  ])("%s: %j is %s", (_, features, isSystem) => {
    expect(makeSystem(features.map((one) => ({ features: one })))).toBe(isSystem);
  });

  it("when the application server comes after the message server", () => {
    const { state } = given(sapSystem, incomplete)
      .when(register(pas))
      .then([instanceRegistered(pas), systemRegistered()]);
    expect(state).toMatchObject({
      sid: "PRD",
      health: "passing",
      database: { database_id, tenant: "PRD", db_host: "10.1.1.4" },
      database_health: "passing",
      database_stale_at: null,
      ensa_version: "no_ensa",
    });
  });

  it("when the message server comes after the application server, of Java too", () => {
    given(sapSystem, [instanceRegistered(pas)])
      .when(register(ascs))
      .then([instanceRegistered(ascs), systemRegistered()]);
    given(sapSystem, [instanceRegistered(java)])
      .when(register(ascs))
      .then([instanceRegistered(ascs), systemRegistered()]);
  });

  it("when one instance is both", () => {
    const both = { ...pas, features: "MESSAGESERVER|ENQUE|ABAP" };
    given(sapSystem)
      .when(register(both))
      .then([instanceRegistered(both), systemRegistered()]);
  });

  it("and tell what the one that completed it knows of the database and of ENSA", () => {
    const { state } = given(sapSystem, incomplete)
      .when(register({ ...pas, tenant: "QAS", db_host: "10.1.1.5", database_stale_at: later, sid: "QAS" }))
      .then([
        instanceRegistered({ ...pas, sid: "QAS" }),
        systemRegistered({ sid: "QAS", tenant: "QAS", db_host: "10.1.1.5", database_stale_at: later }),
      ]);
    expect(state.database_stale_at).toBe(later);
    given(sapSystem, [instanceRegistered(pas)])
      .when(register({ ...ascs, ensa_version: "ensa2" }))
      .then([instanceRegistered(ascs), systemRegistered({ ensa_version: "ensa2" })]);
  });

  it("once: a further instance is only registered", () => {
    given(sapSystem, complete)
      .when(register(java))
      .then([instanceRegistered(java)]);
  });
});

describe("rules 3 and 4: the health of a system that is completed", () => {
  it.each<readonly [InstanceStatus, Health]>([
    ["green", "passing"],
    ["yellow", "warning"],
    ["red", "critical"],
    ["gray", "unknown"],
  ])("is that of the %s instance which completed it, as all else is well", (status, health) => {
    given(sapSystem, incomplete)
      .when(register({ status }))
      .then([instanceRegistered({ status }), systemRegistered({ health })]);
  });

  it("is corrected at once when another instance is worse", () => {
    const { state } = given(sapSystem, [instanceRegistered({ ...ascs, status: "red" })])
      .when(register({ status: "yellow" }))
      .then([
        instanceRegistered({ status: "yellow" }),
        systemRegistered({ health: "warning" }),
        healthChanged("critical"),
      ]);
    expect(state.health).toBe("critical");
  });

  it("is corrected at once when the database is worse", () => {
    given(sapSystem, incomplete)
      .when(register({ database_health: "unknown" }))
      .then([
        instanceRegistered(),
        systemRegistered({ database_health: "unknown" }),
        healthChanged("unknown"),
      ]);
  });

  it("is not told before there is a system", () => {
    const { state } = given(sapSystem, incomplete)
      .when(register({ ...ers, status: "red" }))
      .then([instanceRegistered({ ...ers, status: "red" })]);
    expect(state.health).toBe("unknown");
    given(sapSystem, incomplete)
      .when(register({ ...ascs, status: "red" }))
      .then([statusChanged("red", ascs)]);
  });
});

describe("rule 4: the health of a system", () => {
  it.each<readonly [InstanceStatus, Health]>([
    ["yellow", "warning"],
    ["red", "critical"],
    ["gray", "unknown"],
  ])("follows a further %s instance", (status, health) => {
    given(sapSystem, complete)
      .when(register({ ...java, status }))
      .then([instanceRegistered({ ...java, status }), healthChanged(health)]);
  });

  it("is unknown because of one gray instance, even next to a red one", () => {
    given(sapSystem, [...complete, statusChanged("red", ascs), healthChanged("critical")])
      .when(register({ ...pas, status: "gray" }))
      .then([statusChanged("gray"), healthChanged("unknown")]);
  });

  it("counts an instance that is absent or stale", () => {
    given(sapSystem, [
      ...complete,
      statusChanged("red", ascs),
      healthChanged("critical"),
      markedAbsent(ascs),
      instanceStale(ascs),
      systemStale(),
    ])
      .when(register(java))
      .then([instanceRegistered(java)]);
  });
});

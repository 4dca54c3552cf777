/** An instance that registers again: rule 2. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  alone,
  databaseInSync,
  databaseStale,
  healthChanged,
  host_a,
  host_b,
  instanceInSync,
  instanceStale,
  markedAbsent,
  markedPresent,
  pair,
  primary,
  register,
  replicated,
  replicationChanged,
  secondary,
  single,
  statusChanged,
  tenants,
  tenantsUpdated,
} from "./examples.spec.ts";
import { database } from "./index.ts";
import type { SystemReplication } from "./state.ts";

const onB = { host_id: host_b, ...secondary };

describe("rule 2: a known instance", () => {
  it("tells nothing when it registers as before", () => {
    given(database, single).when(register()).thenNothing();
    given(database, replicated).when(register(primary)).thenNothing();
    given(database, replicated).when(register(onB)).thenNothing();
  });

  it("is not described anew", () => {
    given(database, single)
      .when(
        register({
          instance_hostname: "hana02",
          http_port: 1,
          https_port: 2,
          start_priority: null,
          sid: "X",
        }),
      )
      .thenNothing();
  });

  it("tells its status, and what that makes of the database", () => {
    const { state } = given(database, single)
      .when(register({ status: "yellow" }))
      .then([statusChanged("yellow"), healthChanged("warning")]);
    expect(state).toMatchObject({ health: "warning", instances: [{ status: "yellow" }] });
  });

  it("tells its replication, all of it, when that ends", () => {
    given(database, replicated)
      .when(register(alone))
      .then([replicationChanged(alone)]);
  });

  const differences: readonly (readonly [keyof SystemReplication, SystemReplication])[] = [
    ["system_replication", { ...secondary, system_replication: "Primary" }],
    ["system_replication_status", { ...secondary, system_replication_status: "ERROR" }],
    ["system_replication_site", { ...secondary, system_replication_site: "Nice" }],
    ["system_replication_site_id", { ...secondary, system_replication_site_id: 3 }],
    ["system_replication_mode", { ...secondary, system_replication_mode: "async" }],
    ["system_replication_operation_mode", { ...secondary, system_replication_operation_mode: "delta" }],
    ["system_replication_source_site", { ...secondary, system_replication_source_site: null }],
    ["system_replication_tier", { ...secondary, system_replication_tier: 3 }],
  ];

  it.each(differences)("tells its replication when the %s differs", (field, replication) => {
    const { state } = given(database, replicated)
      .when(register({ host_id: host_b, ...replication }))
      .then([replicationChanged(replication, host_b)]);
    expect(state.instances[1]?.[field]).toBe(replication[field]);
  });

  it("has eight fields of replication", () => {
    expect(differences.map(([field]) => field)).toEqual(Object.keys(secondary));
  });

  it("is not told to replicate otherwise because the site of its primary has another id", () => {
    given(database, replicated)
      .when(register({ ...onB, system_replication_active_primary_site: 7 }))
      .thenNothing();
  });

  it("changes roles with the other: each tells its own", () => {
    const takenOver = given(database, replicated)
      .when(register({ host_id: host_b, ...primary }))
      .then([replicationChanged(primary, host_b)]);
    const { state } = given(database, [...replicated, replicationChanged(primary, host_b)])
      .when(register(secondary))
      .then([replicationChanged(secondary)]);
    expect(takenOver.state.instances.map((one) => one.system_replication)).toEqual(["Primary", "Primary"]);
    expect(state.instances.map((one) => one.system_replication)).toEqual(["Secondary", "Primary"]);
  });

  it("tells all that is new in the order of the rule", () => {
    given(database, [...replicated, markedAbsent(host_b), instanceStale(host_b), databaseStale])
      .when(
        register({
          ...onB,
          system_replication_status: "ERROR",
          status: "red",
          tenants: [{ name: "DEV" }],
        }),
      )
      .then([
        replicationChanged({ ...secondary, system_replication_status: "ERROR" }, host_b),
        statusChanged("red", host_b),
        markedPresent(host_b),
        instanceInSync(host_b),
        databaseInSync,
        healthChanged("critical"),
      ]);
  });

  it("on one host says nothing of that on another", () => {
    const { state } = given(database, [...pair, markedAbsent(host_b), instanceStale(host_b), databaseStale])
      .when(register({ status: "red" }))
      .then([statusChanged("red"), healthChanged("critical")]);
    expect(state.instances).toMatchObject([
      { host_id: host_a, status: "red" },
      { host_id: host_b, status: "green" },
    ]);
  });
});

describe("rule 2: the tenants", () => {
  it("are told when one is added, with those before", () => {
    const more = [...tenants, { name: "DEV" }];
    const { state } = given(database, single)
      .when(register({ tenants: more }))
      .then([tenantsUpdated(more, tenants)]);
    expect(state.tenants).toEqual(more);
  });

  it("are told when one, or all, are gone", () => {
    given(database, single)
      .when(register({ tenants: [{ name: "PRD" }] }))
      .then([tenantsUpdated([{ name: "PRD" }], tenants)]);
    given(database, single)
      .when(register({ tenants: [] }))
      .then([tenantsUpdated([], tenants)]);
  });

  it("may come in another order", () => {
    given(database, single)
      .when(register({ tenants: [...tenants].reverse() }))
      .thenNothing();
  });

  it.each([
    ["A B C", "C A B"],
    ["A B C", "B A C"],
    ["C B A", "A B C"],
    ["A A B", "B A A"],
  ])("%s are those of %s", (known, told) => {
    const named = (names: string) => names.split(" ").map((name) => ({ name }));
    given(database, [...single, tenantsUpdated(named(known), tenants)])
      .when(register({ tenants: named(told) }))
      .thenNothing();
  });

  it("are not the same when they differ in case", () => {
    const lower = [{ name: "prd" }, { name: "QAS" }];
    given(database, single)
      .when(register({ tenants: lower }))
      .then([tenantsUpdated(lower, tenants)]);
  });

  it("are told by the first of several hosts, as long as it is there and up to date", () => {
    const told = register({ host_id: host_a, tenants: [] });
    given(database, pair).when(told).thenNothing();
    given(database, pair)
      .when(register({ host_id: host_b, tenants: [] }))
      .then([tenantsUpdated([], tenants)]);
    for (const gone of [markedAbsent(host_b), instanceStale(host_b)])
      given(database, [...pair, gone])
        .when(told)
        .then([tenantsUpdated([], tenants)]);
  });

  it("are not told by a secondary, neither more nor fewer, whatever has become of its primary", () => {
    for (const some of [[], [{ name: "PRD" }], [...tenants, { name: "DEV" }]]) {
      given(database, replicated)
        .when(register({ ...onB, tenants: some }))
        .thenNothing();
      given(database, [...replicated, markedAbsent(host_a)])
        .when(register({ ...onB, tenants: some }))
        .thenNothing();
    }
  });

  it("are told by the primary, though one that does not replicate comes first", () => {
    given(database, [...pair, replicationChanged(primary)])
      .when(register({ host_id: host_b, tenants: [] }))
      .thenNothing();
    given(database, [...pair, replicationChanged(primary)])
      .when(register({ ...primary, tenants: [] }))
      .then([tenantsUpdated([], tenants)]);
  });

  it("are told by the host that took over", () => {
    given(database, [...replicated, replicationChanged(secondary), replicationChanged(primary, host_b)])
      .when(register({ host_id: host_b, ...primary, tenants: [] }))
      .then([tenantsUpdated([], tenants)]);
  });
});

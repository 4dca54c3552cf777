/** The health of a database: rule 3. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import type { Health } from "../health.ts";
import type { InstanceStatus } from "../instance.ts";
import {
  healthChanged,
  host_b,
  host_c,
  instanceDeregistered,
  instanceRegistered,
  instanceStale,
  markAbsent,
  markedAbsent,
  markedPresent,
  markStale,
  pair,
  register,
  single,
  statusChanged,
} from "./examples.spec.ts";
import { databaseHealth } from "./health.ts";
import { database } from "./index.ts";

describe("rule 3: the health of a database", () => {
  const aggregates: readonly (readonly [readonly InstanceStatus[], Health])[] = [
    [["green"], "passing"],
    [["green", "green"], "passing"],
    [["green", "yellow"], "warning"],
    [["yellow", "red", "green"], "critical"],
    [["red", "gray"], "unknown"],
    [["gray", "green", "green"], "unknown"],
    [[], "unknown"],
  ];

  it.each(aggregates)("of instances %j is %s", (statuses, health) => {
    expect(databaseHealth(statuses.map((status) => ({ status })))).toBe(health);
    expect(databaseHealth(statuses.toReversed().map((status) => ({ status })))).toBe(health);
  });

  it("is unknown because of one gray instance, even next to a red one", () => {
    given(database, [
      ...single,
      instanceRegistered({ host_id: host_b, status: "red" }),
      healthChanged("critical"),
    ])
      .when(register({ host_id: host_c, status: "gray" }))
      .then([instanceRegistered({ host_id: host_c, status: "gray" }), healthChanged("unknown")]);
  });

  it("is not told when the worst instance stays what it is", () => {
    given(database, [...pair, statusChanged("red", host_b), healthChanged("critical")])
      .when(register({ status: "yellow" }))
      .then([statusChanged("yellow")]);
  });

  it("gets better when the worst instance does", () => {
    given(database, [...pair, statusChanged("red", host_b), healthChanged("critical")])
      .when(register({ host_id: host_b, status: "green" }))
      .then([statusChanged("green", host_b), healthChanged("passing")]);
  });

  it("counts an instance that is absent", () => {
    given(database, [...pair, statusChanged("red", host_b), healthChanged("critical"), markedAbsent(host_b)])
      .when(register())
      .thenNothing();
  });

  it("counts an instance that is stale", () => {
    given(database, [...pair, statusChanged("gray", host_b), healthChanged("unknown"), instanceStale(host_b)])
      .when(register({ status: "yellow" }))
      .then([statusChanged("yellow")]);
  });

  it("does not change because an instance is absent, stale or present", () => {
    const { state } = given(database, single).when(markAbsent());
    expect(state.health).toBe("passing");
    expect(given(database, single).when(markStale()).state.health).toBe("passing");
    given(database, [...single, markedAbsent()])
      .when(register())
      .then([markedPresent()]);
  });

  it("no longer counts an instance that was removed, once another registers", () => {
    const before = [...pair, statusChanged("red", host_b), healthChanged("critical")];
    given(database, [...before, instanceDeregistered(host_b)])
      .when(register())
      .then([healthChanged("passing")]);
  });
});

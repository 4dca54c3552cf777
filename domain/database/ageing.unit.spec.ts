/** Instances that are absent or stale, and a database that is stale with them: rules 2 and 4. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  absent_at,
  databaseInSync,
  databaseStale,
  gone,
  headless,
  host_b,
  host_c,
  instanceInSync,
  instanceRegistered,
  instanceStale,
  later,
  markAbsent,
  markedAbsent,
  markedPresent,
  markStale,
  pair,
  register,
  secondary,
  single,
  stale_at,
} from "./examples.spec.ts";
import { database } from "./index.ts";

describe("rule 4: an absent instance", () => {
  it("is told", () => {
    const { state } = given(database, single).when(markAbsent()).then([markedAbsent()]);
    expect(state.instances).toMatchObject([{ absent_at }]);
  });

  it("is told once, and keeps the time since when it is", () => {
    const command = markAbsent();
    const { state } = given(database, [...single, markedAbsent()])
      .when({ ...command, data: { ...command.data, absent_at: later } })
      .thenNothing();
    expect(state.instances).toMatchObject([{ absent_at }]);
  });

  it("that nobody knows is no news", () => {
    given(database, single).when(markAbsent(host_b)).thenNothing();
    given(database, gone).when(markAbsent()).thenNothing();
  });

  it("is absent from its host alone", () => {
    const { state } = given(database, pair).when(markAbsent(host_b));
    expect(state.instances.map((one) => one.absent_at)).toEqual([null, absent_at]);
  });

  it("may be stale as well", () => {
    given(database, [...single, instanceStale(), databaseStale])
      .when(markAbsent())
      .then([markedAbsent()]);
  });

  it("may be left over from a database that is gone", () => {
    given(database, headless)
      .when(markAbsent(host_b))
      .then([markedAbsent(host_b)]);
  });

  it("is present again when it registers (rule 2)", () => {
    const { state } = given(database, [...single, markedAbsent()])
      .when(register())
      .then([markedPresent()]);
    expect(state.instances).toMatchObject([{ absent_at: null }]);
  });
});

describe("rule 4: a stale instance", () => {
  it("makes the database stale", () => {
    const { state } = given(database, single).when(markStale()).then([instanceStale(), databaseStale]);
    expect(state).toMatchObject({ stale_at, instances: [{ stale_at }] });
  });

  it("makes no database stale that is: that keeps the time since when it is", () => {
    const { state } = given(database, [...pair, instanceStale(), databaseStale])
      .when(markStale(host_b, later))
      .then([instanceStale(host_b, later)]);
    expect(state.stale_at).toBe(stale_at);
    expect(state.instances.map((one) => one.stale_at)).toEqual([stale_at, later]);
  });

  it("is told once, and keeps the time since when it is", () => {
    const { state } = given(database, [...single, instanceStale(), databaseStale])
      .when(markStale(undefined, later))
      .thenNothing();
    expect(state).toMatchObject({ stale_at, instances: [{ stale_at }] });
  });

  it("that nobody knows is no news", () => {
    given(database, single).when(markStale(host_b)).thenNothing();
    given(database, gone).when(markStale()).thenNothing();
  });

  it("may be left over from a database that is gone", () => {
    given(database, headless)
      .when(markStale(host_b))
      .then([instanceStale(host_b), databaseStale]);
  });

  it("may be absent as well", () => {
    given(database, [...single, markedAbsent()])
      .when(markStale())
      .then([instanceStale(), databaseStale]);
  });
});

describe("rule 2: an instance that is no longer stale", () => {
  it("brings the database in sync when it was the only one", () => {
    const { state } = given(database, [...single, instanceStale(), databaseStale])
      .when(register())
      .then([instanceInSync(), databaseInSync]);
    expect(state).toMatchObject({ stale_at: null, instances: [{ stale_at: null }] });
  });

  it("leaves the database stale while another is, and since when it was", () => {
    const { state } = given(database, [...pair, instanceStale(), databaseStale, instanceStale(host_b, later)])
      .when(register())
      .then([instanceInSync()]);
    expect(state.stale_at).toBe(stale_at);
  });

  it("brings the database in sync when it was the last of several", () => {
    given(database, [...pair, instanceStale(), databaseStale, instanceStale(host_b, later), instanceInSync()])
      .when(register({ host_id: host_b }))
      .then([instanceInSync(host_b), databaseInSync]);
  });

  it("brings the database in sync though another is absent", () => {
    given(database, [...pair, markedAbsent(host_b), instanceStale(), databaseStale])
      .when(register())
      .then([instanceInSync(), databaseInSync]);
  });

  it("was perhaps absent at the same time: first it is present", () => {
    given(database, [...single, markedAbsent(), instanceStale(), databaseStale])
      .when(register())
      .then([markedPresent(), instanceInSync(), databaseInSync]);
  });

  it("may become stale anew, and the database with it, since then", () => {
    const { state } = given(database, [
      ...single,
      instanceStale(),
      databaseStale,
      instanceInSync(),
      databaseInSync,
    ]).when(markStale(undefined, later));
    expect(state.stale_at).toBe(later);
  });

  it("is not the one that was: a new instance leaves the database stale", () => {
    given(database, [...single, instanceStale(), databaseStale])
      .when(register({ host_id: host_c }))
      .then([instanceRegistered({ host_id: host_c })]);
    given(database, [...single, instanceStale(), databaseStale])
      .when(register({ host_id: host_c, ...secondary }))
      .then([instanceRegistered({ host_id: host_c, ...secondary })]);
  });
});

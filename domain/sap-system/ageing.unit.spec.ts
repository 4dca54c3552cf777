/** Instances that are absent or stale, and a system that is stale with them: rule 8. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  absent_at,
  ascs,
  complete,
  databaseStaleAtChanged,
  gone,
  host_d,
  incomplete,
  instanceInSync,
  instanceRegistered,
  instanceStale,
  java,
  later,
  markAbsent,
  markedAbsent,
  markedPresent,
  markStale,
  pas,
  register,
  stale_at,
  systemInSync,
  systemStale,
  withoutDatabase,
} from "./examples.spec.ts";
import { sapSystem } from "./index.ts";

const stranger = { ...pas, host_id: host_d };

describe("rule 8: an absent instance", () => {
  it("is told", () => {
    const { state } = given(sapSystem, complete).when(markAbsent()).then([markedAbsent()]);
    expect(state.instances.map((one) => one.absent_at)).toEqual([null, absent_at]);
  });

  it("is told once, and keeps the time since when it is", () => {
    const { state } = given(sapSystem, [...complete, markedAbsent()])
      .when(markAbsent(pas, later))
      .thenNothing();
    expect(state.instances[1]?.absent_at).toBe(absent_at);
  });

  it("is told again when it was present in between", () => {
    given(sapSystem, [...complete, markedAbsent(), markedPresent()])
      .when(markAbsent())
      .then([markedAbsent()]);
  });

  it("may be stale as well", () => {
    given(sapSystem, [...complete, instanceStale(), systemStale()])
      .when(markAbsent())
      .then([markedAbsent()]);
  });

  it("may be of a system that is none yet, or no longer one", () => {
    given(sapSystem, incomplete)
      .when(markAbsent(ascs))
      .then([markedAbsent(ascs)]);
    given(sapSystem, withoutDatabase).when(markAbsent()).then([markedAbsent()]);
  });

  it("that nobody knows is no news", () => {
    given(sapSystem, complete).when(markAbsent(stranger)).thenNothing();
    given(sapSystem, gone).when(markAbsent()).thenNothing();
  });
});

describe("rule 8: a stale instance", () => {
  it("makes the system stale", () => {
    const { state } = given(sapSystem, complete).when(markStale()).then([instanceStale(), systemStale()]);
    expect(state.stale_at).toBe(stale_at);
    expect(state.instances.map((one) => one.stale_at)).toEqual([null, stale_at]);
  });

  it("makes no system stale that is: that keeps the time since when it is", () => {
    const { state } = given(sapSystem, [...complete, instanceStale(), systemStale()])
      .when(markStale(ascs, later))
      .then([instanceStale(ascs, later)]);
    expect(state.stale_at).toBe(stale_at);
    expect(state.instances.map((one) => one.stale_at)).toEqual([later, stale_at]);
  });

  it("makes no system stale that is so because of its database", () => {
    const { state } = given(sapSystem, [...complete, databaseStaleAtChanged(stale_at), systemStale()])
      .when(markStale(pas, later))
      .then([instanceStale(pas, later)]);
    expect(state.stale_at).toBe(stale_at);
  });

  it("is told once, and keeps the time since when it is", () => {
    const { state } = given(sapSystem, [...complete, instanceStale(), systemStale()])
      .when(markStale(pas, later))
      .thenNothing();
    expect(state.instances[1]?.stale_at).toBe(stale_at);
  });

  it("may be absent as well", () => {
    given(sapSystem, [...complete, markedAbsent()])
      .when(markStale())
      .then([instanceStale(), systemStale()]);
  });

  it("may be of a system that is no longer one", () => {
    given(sapSystem, withoutDatabase).when(markStale()).then([instanceStale(), systemStale()]);
  });

  it("that nobody knows is no news", () => {
    given(sapSystem, complete).when(markStale(stranger)).thenNothing();
    given(sapSystem, gone).when(markStale()).thenNothing();
  });
});

describe("rules 5 and 8: the last part that is no longer stale", () => {
  it("brings the system in sync", () => {
    given(sapSystem, [
      ...complete,
      instanceStale(),
      systemStale(),
      instanceStale(ascs, later),
      instanceInSync(),
    ])
      .when(register(ascs))
      .then([instanceInSync(ascs), systemInSync]);
  });

  it("brings the system in sync though an instance is absent", () => {
    given(sapSystem, [...complete, markedAbsent(ascs), instanceStale(), systemStale()])
      .when(register(pas))
      .then([instanceInSync(), systemInSync]);
  });

  it("is not one that is new", () => {
    const { state } = given(sapSystem, [...complete, instanceStale(), systemStale()])
      .when(register(java))
      .then([instanceRegistered(java)]);
    expect(state.stale_at).toBe(stale_at);
  });

  it("may be stale anew, and the system with it, since then", () => {
    const { state } = given(sapSystem, [
      ...complete,
      instanceStale(),
      systemStale(),
      instanceInSync(),
      systemInSync,
    ])
      .when(markStale(pas, later))
      .then([instanceStale(pas, later), systemStale(later)]);
    expect(state.stale_at).toBe(later);
  });
});

/** An instance that registers again, and the order of what it tells: rule 5. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  ascs,
  complete,
  databaseStaleAtChanged,
  ensaUpdated,
  healthChanged,
  incomplete,
  instanceInSync,
  instanceRegistered,
  instanceStale,
  java,
  later,
  markedAbsent,
  markedPresent,
  moved,
  pas,
  register,
  stale_at,
  statusChanged,
  systemInSync,
  systemRegistered,
  systemStale,
} from "./examples.spec.ts";
import { sapSystem } from "./index.ts";

describe("rule 5: a known instance", () => {
  it("tells nothing when it registers as before", () => {
    given(sapSystem, complete).when(register(pas)).thenNothing();
    given(sapSystem, complete).when(register(ascs)).thenNothing();
  });

  it("is not described anew", () => {
    given(sapSystem, complete)
      .when(register({ instance_hostname: "other", http_port: 1, https_port: 2, start_priority: "9" }))
      .thenNothing();
  });

  it("brings no news of the database: that is told by the database itself", () => {
    given(sapSystem, complete)
      .when(register({ database_health: "critical", database_stale_at: stale_at }))
      .thenNothing();
  });

  it("tells its status, and what that makes of the system", () => {
    const { state } = given(sapSystem, complete)
      .when(register({ status: "red" }))
      .then([statusChanged("red"), healthChanged("critical")]);
    expect(state).toMatchObject({ health: "critical", instances: [{ status: "green" }, { status: "red" }] });
  });

  it("tells its status alone while another is worse", () => {
    given(sapSystem, [...complete, statusChanged("red", ascs), healthChanged("critical")])
      .when(register({ status: "yellow" }))
      .then([statusChanged("yellow")]);
  });

  it("is present again", () => {
    const { state } = given(sapSystem, [...complete, markedAbsent()])
      .when(register())
      .then([markedPresent()]);
    expect(state.instances[1]?.absent_at).toBeNull();
  });

  it("is in sync again, and with it the system", () => {
    const { state } = given(sapSystem, [...complete, instanceStale(), systemStale()])
      .when(register())
      .then([instanceInSync(), systemInSync]);
    expect(state.stale_at).toBeNull();
    expect(state.instances[1]?.stale_at).toBeNull();
  });

  it("is in sync again, though the system is not while another instance is stale", () => {
    const { state } = given(sapSystem, [
      ...complete,
      instanceStale(),
      systemStale(),
      instanceStale(ascs, later),
    ])
      .when(register())
      .then([instanceInSync()]);
    expect(state.stale_at).toBe(stale_at);
  });

  it("is in sync again, though the system is not while the database is stale", () => {
    given(sapSystem, [...complete, instanceStale(), systemStale(), databaseStaleAtChanged(later)])
      .when(register())
      .then([instanceInSync()]);
  });

  it("of a system that is none yet is present and in sync as well", () => {
    given(sapSystem, [...incomplete, markedAbsent(ascs), instanceStale(ascs), systemStale()])
      .when(register(ascs))
      .then([markedPresent(ascs), instanceInSync(ascs), systemInSync]);
  });

  it("says nothing of another", () => {
    const before = [...complete, instanceRegistered(java), markedAbsent(java), instanceStale(java)];
    const { state } = given(sapSystem, [...before, systemStale()])
      .when(register({ status: "yellow" }))
      .then([statusChanged("yellow"), healthChanged("warning")]);
    expect(state.instances[2]).toMatchObject({ ...java, stale_at, status: "green" });
  });
});

describe("rule 5: the order", () => {
  const returning = [markedAbsent(), instanceStale(), systemStale()];
  const news = { status: "red", ensa_version: "ensa1" } as const;

  it("is present, in sync, status, ENSA, all in sync, health", () => {
    given(sapSystem, [...complete, ...returning])
      .when(register(news))
      .then([
        markedPresent(),
        instanceInSync(),
        statusChanged("red"),
        ensaUpdated("ensa1"),
        systemInSync,
        healthChanged("critical"),
      ]);
  });

  it("is moved, status, ENSA, health", () => {
    given(sapSystem, complete)
      .when(register({ ...ascs, ...news, host_id: java.host_id, clustered: true }))
      .then([
        moved(ascs, java.host_id),
        statusChanged("red", { ...ascs, host_id: java.host_id }),
        ensaUpdated("ensa1"),
        healthChanged("critical"),
      ]);
  });

  it("is registered, ENSA, health", () => {
    given(sapSystem, complete)
      .when(register({ ...java, ...news }))
      .then([
        instanceRegistered({ ...java, status: "red" }),
        ensaUpdated("ensa1"),
        healthChanged("critical"),
      ]);
  });

  it("is registered, the system registered, its health", () => {
    given(sapSystem, [instanceRegistered({ ...ascs, status: "gray" })])
      .when(register(news))
      .then([
        instanceRegistered({ ...pas, status: "red" }),
        systemRegistered({ health: "critical", ensa_version: "ensa1" }),
        healthChanged("unknown"),
      ]);
  });
});

/** Members that stop reporting, and report again: rule 10. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  dataInSync,
  dataStale,
  hostAdded,
  hostInSync,
  hostRemoved,
  hostStale,
  pair,
  statusChanged,
} from "./example-events.spec.ts";
import {
  hana,
  host_a,
  host_b,
  host_c,
  later,
  markStale,
  member,
  offline,
  online,
  stale_at,
} from "./examples.spec.ts";
import { cluster } from "./index.ts";

const oneStale = [...pair, hostStale(host_a), dataStale()];
const bothStale = [...oneStale, hostStale(host_b, later)];

describe("rule 10: a member that stops reporting", () => {
  it("makes the cluster stale when it is the first", () => {
    const before = given(cluster, pair);
    const { state } = before.when(markStale(host_a)).then([hostStale(host_a, stale_at), dataStale(stale_at)]);
    expect(state).toEqual({ ...before.state, stale_hosts: [host_a] });
  });

  it("is stale itself, and nothing else, when it is the next", () => {
    const { state } = given(cluster, oneStale)
      .when(markStale(host_b, later))
      .then([hostStale(host_b, later)]);
    expect(state.stale_hosts).toEqual([host_a, host_b]);
  });

  it("is stale since the first time, not since a later one", () => {
    given(cluster, oneStale).when(markStale(host_a, later)).thenNothing();
    given(cluster, bothStale).when(markStale(host_a, later)).thenNothing();
  });

  it("may be offline, and is so still", () => {
    const { state } = given(cluster, [...pair, statusChanged(host_b, "offline")])
      .when(markStale(host_b))
      .then([hostStale(host_b), dataStale()]);
    expect(state).toMatchObject({ offline_hosts: [host_b], stale_hosts: [host_b] });
  });

  it("makes the cluster stale anew when all were in sync in between", () => {
    given(cluster, [...oneStale, hostInSync(host_a), dataInSync])
      .when(markStale(host_a, later))
      .then([hostStale(host_a, later), dataStale(later)]);
  });

  it("does not change the health", () => {
    const { state } = given(cluster, pair).when(markStale(host_a));
    expect(state).toMatchObject({ health: "passing", state: "S_IDLE" });
  });

  it("but is no member does not make the cluster stale", () => {
    given(cluster, pair).when(markStale(host_c)).thenNothing();
    given(cluster, [...pair, hostRemoved(host_b)])
      .when(markStale(host_b))
      .thenNothing();
  });
});

describe("rule 10: a stale member that reports", () => {
  it.each([
    ["as the designated controller", online(hana, host_a), []],
    ["as another member", member(host_a), []],
    ["as an offline host", offline(host_a), [statusChanged(host_a, "offline")]],
  ] as const)("%s is in sync, and so is the cluster when it was the last stale one", (_, command, before) => {
    const { state } = given(cluster, oneStale)
      .when(command)
      .then([...before, hostInSync(host_a), dataInSync]);
    expect(state.stale_hosts).toEqual([]);
    expect(cluster.decide(command, state)).toEqual({ ok: true, events: [] });
  });

  it.each([
    ["as the designated controller", online(hana, host_a), []],
    ["as another member", member(host_a), []],
    ["as an offline host", offline(host_a), [statusChanged(host_a, "offline")]],
  ] as const)("%s is in sync; the cluster is not while another member is stale", (_, command, before) => {
    const { state } = given(cluster, bothStale)
      .when(command)
      .then([...before, hostInSync(host_a)]);
    expect(state.stale_hosts).toEqual([host_b]);
  });

  it("and was offline is online before it is in sync", () => {
    given(cluster, [...oneStale, statusChanged(host_a, "offline")])
      .when(member(host_a))
      .then([statusChanged(host_a, "online"), hostInSync(host_a), dataInSync]);
  });

  it("makes nobody else in sync", () => {
    given(cluster, oneStale).when(member(host_b)).thenNothing();
    given(cluster, oneStale).when(online(hana, host_b)).thenNothing();
  });

  it("leaves the other one to end the cluster's staleness", () => {
    given(cluster, [...bothStale, hostInSync(host_a)])
      .when(member(host_b))
      .then([hostInSync(host_b), dataInSync]);
  });

  it("is not in sync by another one's joining", () => {
    const { state } = given(cluster, oneStale)
      .when(member(host_c))
      .then([hostAdded(host_c)]);
    expect(state.stale_hosts).toEqual([host_a]);
  });

  it("after it had left is no longer stale", () => {
    given(cluster, [...oneStale, hostRemoved(host_a), dataInSync])
      .when(member(host_a))
      .then([hostAdded(host_a)]);
  });
});

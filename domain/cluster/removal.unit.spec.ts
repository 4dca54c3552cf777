/** Members that leave: rule 9. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  checksHealth,
  clusterDeregistered,
  clusterTombstoned,
  dataInSync,
  dataStale,
  hostAdded,
  hostRemoved,
  hostStale,
  pair,
  statusChanged,
} from "./example-events.spec.ts";
import { deregister, deregistered_at, hana, host_a, host_b, host_c } from "./examples.spec.ts";
import { cluster } from "./index.ts";

describe("rule 9: a member that leaves", () => {
  it("is removed, and nothing else, while others stay", () => {
    const before = given(cluster, pair);
    const { state } = before.when(deregister(host_b)).then([hostRemoved(host_b)]);
    expect(state).toEqual({ ...before.state, hosts: [host_a] });
  });

  it("may be the designated controller: what it told stays", () => {
    const { state } = given(cluster, pair)
      .when(deregister(host_a))
      .then([hostRemoved(host_a)]);
    expect(state).toMatchObject({ ...hana, hosts: [host_b], health: "passing", deregistered_at: null });
  });

  it("is no longer counted among the offline ones", () => {
    const { state } = given(cluster, [...pair, statusChanged(host_b, "offline")])
      .when(deregister(host_b))
      .then([hostRemoved(host_b)]);
    expect(state).toMatchObject({ hosts: [host_a], offline_hosts: [] });
  });

  it("leaves an offline member behind without a word of that: rule 5 is for hosts that report", () => {
    const { state } = given(cluster, [...pair, statusChanged(host_b, "offline")])
      .when(deregister(host_a))
      .then([hostRemoved(host_a)]);
    expect(state).toMatchObject({ hosts: [host_b], offline_hosts: [host_b], state: "S_IDLE" });
  });

  it("that is no member is not removed", () => {
    given(cluster, pair).when(deregister(host_c)).thenNothing();
  });

  it("that has left already is not removed again", () => {
    given(cluster, [...pair, hostRemoved(host_b)])
      .when(deregister(host_b))
      .thenNothing();
  });
});

describe("rule 9: a stale member that leaves", () => {
  const oneStale = [...pair, hostStale(host_b), dataStale()];
  const twoStale = [...pair, hostAdded(host_c), hostStale(host_b), dataStale(), hostStale(host_c)];

  it("and was the only stale one leaves a cluster that is in sync", () => {
    const { state } = given(cluster, oneStale)
      .when(deregister(host_b))
      .then([hostRemoved(host_b), dataInSync]);
    expect(state.stale_hosts).toEqual([]);
  });

  it("and was one of two leaves a cluster that is stale; the other one's leaving ends that", () => {
    const { state } = given(cluster, twoStale)
      .when(deregister(host_b))
      .then([hostRemoved(host_b)]);
    expect(state.stale_hosts).toEqual([host_c]);
    expect(cluster.decide(deregister(host_c), state)).toEqual({
      ok: true,
      events: [hostRemoved(host_c), dataInSync],
    });
  });

  it("leaves the cluster stale when it was another one that is", () => {
    const { state } = given(cluster, oneStale)
      .when(deregister(host_a))
      .then([hostRemoved(host_a)]);
    expect(state.stale_hosts).toEqual([host_b]);
  });

  it("and was the last member of all deregisters the cluster, which is not in sync for that", () => {
    const { state } = given(cluster, [...oneStale, hostRemoved(host_a)])
      .when(deregister(host_b))
      .then([hostRemoved(host_b), clusterDeregistered, clusterTombstoned]);
    expect(state.stale_hosts).toEqual([]);
  });

  it("that is no member leaves a stale cluster stale", () => {
    given(cluster, oneStale).when(deregister(host_c)).thenNothing();
  });
});

describe("rule 9: the last member that leaves", () => {
  const alone = [...pair, hostRemoved(host_b)];

  it("deregisters the cluster, at the time at which it left, and buries it", () => {
    const before = given(cluster, alone);
    const { state } = before
      .when(deregister(host_a))
      .then([hostRemoved(host_a), clusterDeregistered, clusterTombstoned]);
    expect(state).toEqual({ ...before.state, hosts: [], deregistered_at });
  });

  it("may be offline", () => {
    given(cluster, [...alone, statusChanged(host_a, "offline")])
      .when(deregister(host_a))
      .then([hostRemoved(host_a), clusterDeregistered, clusterTombstoned]);
  });

  it("leaves no health to tell, though checks just found another", () => {
    const { state } = given(cluster, [...alone, checksHealth("critical")])
      .when(deregister(host_a))
      .then([hostRemoved(host_a), clusterDeregistered, clusterTombstoned]);
    expect(state.health).toBe("passing");
  });
});

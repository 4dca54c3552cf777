/** Registration of a cluster and of its members: rules 1, 2 and 3. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import { clusterRegistered, hostAdded, pair, statusChanged, undescribed } from "./example-events.spec.ts";
import {
  ascsErs,
  ascsErsHealth,
  cluster_id,
  everyCommand,
  hana,
  hanaDetails,
  hanaHealth,
  host_a,
  host_b,
  host_c,
  member,
  nameOnly,
  offline,
  online,
  unjudged,
} from "./examples.spec.ts";
import { cluster } from "./index.ts";

describe("rule 1: an unknown cluster", () => {
  it("is registered in full by its designated controller, which is its first member", () => {
    const { state } = given(cluster)
      .when(online())
      .then([clusterRegistered(hana, "passing", hanaHealth()), hostAdded(host_a)]);
    expect(state).toMatchObject({
      cluster_id,
      ...hana,
      health: "passing",
      hosts: [host_a],
      offline_hosts: [],
    });
  });

  it("of ASCS/ERS instances has a health of its own kind", () => {
    given(cluster)
      .when(online(ascsErs))
      .then([clusterRegistered(ascsErs, "passing", ascsErsHealth()), hostAdded(host_a)]);
  });

  it("without details has no health details, and its health is unknown", () => {
    given(cluster)
      .when(online(unjudged))
      .then([clusterRegistered(unjudged, "unknown", null), hostAdded(host_a)]);
  });

  it("is registered with its name only by another member, whatever that tells", () => {
    const { state } = given(cluster)
      .when(member(host_a))
      .then([clusterRegistered(nameOnly, "unknown", null), hostAdded(host_a, "online")]);
    expect(state).toMatchObject({ hosts: [host_a], offline_hosts: [], details: null, health: "unknown" });
  });

  it("is registered with its name only by an offline host, which is an offline member", () => {
    const { state } = given(cluster)
      .when(offline(host_a))
      .then([clusterRegistered(nameOnly, "unknown", null), hostAdded(host_a, "offline")]);
    expect(state).toMatchObject({ hosts: [host_a], offline_hosts: [host_a], state: "unknown" });
  });

  it("may have no name", () => {
    const unnamed = { ...nameOnly, name: null };
    given(cluster)
      .when(offline(host_a, null))
      .then([clusterRegistered(unnamed, "unknown", null), hostAdded(host_a, "offline")]);
    given(cluster)
      .when(member(host_a, { ...hana, name: null }))
      .then([clusterRegistered(unnamed, "unknown", null), hostAdded(host_a, "online")]);
  });

  it("keeps nothing of the command but what describes it: no word of when its CIB was written", () => {
    const command = online();
    given(cluster)
      .when({ ...command, data: { ...command.data, cib_last_written: "now" } })
      .then([clusterRegistered(), hostAdded(host_a)]);
  });

  it.each([
    "DeregisterClusterHost",
    "MarkClusterHostStale",
    "SelectChecks",
    "CompleteChecksExecution",
    "RollUpCluster",
  ] as const)("refuses %s", (type) => {
    given(cluster).when(everyCommand[type]).thenRefused("cluster_not_registered");
  });
});

describe("rule 2: only the designated controller describes the cluster", () => {
  it("another member tells nothing new of a known cluster, whatever it says", () => {
    given(cluster, pair).when(member(host_b, ascsErs)).thenNothing();
  });

  it("another member that joins is added, and nothing else", () => {
    const before = given(cluster, pair);
    const { state } = before.when(member(host_c, ascsErs)).then([hostAdded(host_c)]);
    expect(state).toEqual({ ...before.state, hosts: [host_a, host_b, host_c] });
  });

  it("another member that starts is marked online, and nothing else", () => {
    const before = given(cluster, [...pair, statusChanged(host_b, "offline")]);
    const { state } = before.when(member(host_b, ascsErs)).then([statusChanged(host_b, "online")]);
    expect(state).toEqual({ ...before.state, offline_hosts: [] });
  });

  it("another member judges nothing anew, though what is known would be judged otherwise by now", () => {
    const details = hanaHealth({ replication_health: "critical" });
    given(cluster, [clusterRegistered(hana, "critical", details), hostAdded(host_a)])
      .when(member(host_b))
      .then([hostAdded(host_b)]);
  });

  it("a member that names a nameless cluster is not heard", () => {
    const nameless = [clusterRegistered({ ...nameOnly, name: null }, "unknown", null), hostAdded(host_a)];
    given(cluster, nameless).when(member(host_a)).thenNothing();
    given(cluster, nameless)
      .when(member(host_b))
      .then([hostAdded(host_b)]);
  });

  it("the same host is heard once it is the designated controller", () => {
    const changed = { ...hana, details: { ...hanaDetails, maintenance_mode: true } };
    const { state } = given(cluster, pair).when(online(changed, host_b));
    expect(state.details).toEqual(changed.details);
  });
});

describe("rule 3: membership", () => {
  const stopping = [...pair, statusChanged(host_b, "offline")];

  it.each([
    ["a host that is no member, online, joins", pair, member(host_c), [hostAdded(host_c, "online")]],
    ["a host that is no member, offline, joins", pair, offline(host_c), [hostAdded(host_c, "offline")]],
    ["the designated controller joins", pair, online(hana, host_c), [hostAdded(host_c, "online")]],
    ["an online member that is offline", pair, offline(host_b), [statusChanged(host_b, "offline")]],
    ["an offline member that is online", stopping, member(host_b), [statusChanged(host_b, "online")]],
    [
      "an offline member that is the controller",
      stopping,
      online(hana, host_b),
      [statusChanged(host_b, "online")],
    ],
    ["an online member that still is", pair, member(host_b), []],
    ["the designated controller that still is", pair, online(), []],
    ["an offline member that still is", stopping, offline(host_b), []],
  ] as const)("%s", (_, before, command, events) => {
    given(cluster, before).when(command).then(events);
  });

  it("of an offline host that joins is kept in both lists", () => {
    const { state } = given(cluster, pair).when(offline(host_c));
    expect(state).toMatchObject({ hosts: [host_a, host_b, host_c], offline_hosts: [host_c] });
  });

  it("of a host that stops and starts is kept", () => {
    const { state } = given(cluster, pair).when(offline(host_b));
    expect(state).toMatchObject({ hosts: [host_a, host_b], offline_hosts: [host_b] });
    given(cluster, [...pair, statusChanged(host_b, "offline"), statusChanged(host_b, "online")])
      .when(offline(host_b))
      .then([statusChanged(host_b, "offline")]);
  });

  it("of a host that left begins anew", () => {
    const { state } = given(cluster, stopping).when({
      type: "DeregisterClusterHost",
      data: { cluster_id, host_id: host_b, deregistered_at: "2026-01-03T00:00:00.000Z" },
    });
    expect(cluster.decide(member(host_b), state)).toEqual({ ok: true, events: [hostAdded(host_b)] });
  });

  it("does not depend on whether the controller was heard", () => {
    given(cluster, undescribed)
      .when(member(host_b))
      .then([hostAdded(host_b)]);
    given(cluster, undescribed).when(member(host_a)).thenNothing();
  });
});

/** The return of a cluster that was deregistered: rule 11. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  checksHealth,
  checksSelected,
  clusterDeregistered,
  clusterRegistered,
  clusterRestored,
  clusterTombstoned,
  dataStale,
  detailsUpdated,
  gone,
  healthChanged,
  hostAdded,
  hostRemoved,
  hostStale,
  replication,
  rollUpRequested,
  sbd,
  undescribed,
} from "./example-events.spec.ts";
import {
  complete,
  everyCommand,
  hana,
  hanaHealth,
  hanaWith,
  host_a,
  host_b,
  markStale,
  member,
  offline,
  online,
  rollUp,
  select,
  stopped,
  unhealthyDevice,
  unjudged,
} from "./examples.spec.ts";
import { cluster } from "./index.ts";

const leaves = [hostRemoved(host_a), clusterDeregistered, clusterTombstoned];

describe("rule 11: a deregistered cluster, of which the designated controller tells", () => {
  it.each([host_a, host_b])("is restored as it was when nothing changed", (host) => {
    const { state } = given(cluster, gone)
      .when(online(hana, host))
      .then([clusterRestored, hostAdded(host, "online")]);
    expect(state).toMatchObject({ ...hana, deregistered_at: null, hosts: [host], offline_hosts: [] });
    expect(state.health).toBe("passing");
  });

  it("is described and judged anew when something changed", () => {
    const told = hanaWith({ secondary_sync_state: "SFAIL", sbd_devices: [unhealthyDevice] });
    const { state } = given(cluster, gone)
      .when(online(told))
      .then([
        clusterRestored,
        hostAdded(host_a, "online"),
        detailsUpdated(told),
        replication("critical"),
        sbd("critical"),
        healthChanged("critical"),
      ]);
    expect(state).toMatchObject({ ...told, health: "critical", deregistered_at: null });
  });

  it("is described, not judged, when what changed has no say in its health", () => {
    given(cluster, gone)
      .when(online({ ...hana, name: "renamed" }))
      .then([clusterRestored, hostAdded(host_a, "online"), detailsUpdated({ ...hana, name: "renamed" })]);
  });

  it("loses its health when nothing of it can be judged any more", () => {
    given(cluster, gone)
      .when(online(unjudged))
      .then([
        clusterRestored,
        hostAdded(host_a, "online"),
        detailsUpdated(unjudged),
        healthChanged("unknown"),
      ]);
  });

  it("is described when only its name was known before", () => {
    given(cluster, [...undescribed, ...leaves])
      .when(online())
      .then([
        clusterRestored,
        hostAdded(host_a, "online"),
        detailsUpdated(hana),
        replication("passing"),
        sbd("passing"),
        healthChanged("passing"),
      ]);
  });

  it("runs again when it was stopped before", () => {
    const details = hanaHealth({ replication_health: "unknown", sbd_health: "unknown" });
    given(cluster, [clusterRegistered(stopped, "unknown", details), hostAdded(host_a, "offline"), ...leaves])
      .when(online())
      .then([
        clusterRestored,
        hostAdded(host_a, "online"),
        detailsUpdated(hana),
        replication("passing"),
        sbd("passing"),
        healthChanged("passing"),
      ]);
  });
});

describe("rule 11: a deregistered cluster, of which another host tells", () => {
  it.each([
    ["a member that is not the controller", member(host_b, unjudged), "online", []],
    ["an offline host", offline(host_b, "renamed"), "offline", [host_b]],
  ] as const)(
    "%s: it is restored with that member, and nothing else",
    (_, command, status, offline_hosts) => {
      const before = given(cluster, gone);
      const { state } = before.when(command).then([clusterRestored, hostAdded(host_b, status)]);
      expect(state).toEqual({ ...before.state, deregistered_at: null, hosts: [host_b], offline_hosts });
    },
  );

  it("a member that tells again tells nothing", () => {
    given(cluster, [...gone, clusterRestored, hostAdded(host_a)])
      .when(member(host_a))
      .thenNothing();
  });

  it("an offline host that tells again stops it, as it is the only one: rule 5", () => {
    given(cluster, [...gone, clusterRestored, hostAdded(host_a, "offline")])
      .when(offline(host_a))
      .then([detailsUpdated(stopped), replication("unknown"), sbd("unknown"), healthChanged("unknown")]);
  });

  it("the controller that tells afterwards describes it", () => {
    const told = { ...hana, hosts_number: 1 };
    given(cluster, [...gone, clusterRestored, hostAdded(host_a)])
      .when(online(told, host_b))
      .then([hostAdded(host_b), detailsUpdated(told)]);
  });
});

describe("rule 11: a restored cluster", () => {
  it("keeps the selected checks and what they found", () => {
    const history = [checksSelected("A"), checksHealth("warning"), healthChanged("warning")];
    const { state } = given(cluster, [clusterRegistered(), hostAdded(host_a), ...history, ...leaves])
      .when(online())
      .then([clusterRestored, hostAdded(host_a)]);
    expect(state).toMatchObject({ selected_checks: ["A"], health: "warning" });
  });

  it("has no stale member: its stale one left", () => {
    const history = [clusterRegistered(), hostAdded(host_a), hostStale(host_a), dataStale()];
    const { state } = given(cluster, [...history, ...leaves])
      .when(member(host_a))
      .then([clusterRestored, hostAdded(host_a)]);
    expect(cluster.decide(markStale(host_a), state)).toEqual({
      ok: true,
      events: [hostStale(host_a), dataStale()],
    });
  });

  it("answers commands as before", () => {
    const restored = [...gone, clusterRestored, hostAdded(host_a)];
    given(cluster, restored)
      .when(select("A"))
      .then([checksSelected("A")]);
    given(cluster, restored)
      .when(complete("warning"))
      .then([checksHealth("warning"), healthChanged("warning")]);
  });

  it("may be deregistered again", () => {
    given(cluster, [...gone, clusterRestored, hostAdded(host_a)])
      .when(everyCommand.DeregisterClusterHost)
      .then(leaves);
  });
});

describe("rule 11: a deregistered cluster", () => {
  it.each([
    "DeregisterClusterHost",
    "MarkClusterHostStale",
    "SelectChecks",
    "CompleteChecksExecution",
  ] as const)("refuses %s", (type) => {
    given(cluster, gone).when(everyCommand[type]).thenRefused("cluster_not_registered");
  });

  it("may be rolled up", () => {
    const before = given(cluster, gone);
    before.when(rollUp).then([rollUpRequested(before.state)]);
  });
});

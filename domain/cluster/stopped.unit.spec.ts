/** Hosts whose cluster software is stopped, and clusters of which all are: rule 5. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  checksHealth,
  clusterRegistered,
  dataInSync,
  dataStale,
  detailsUpdated,
  distributed,
  healthChanged,
  hostAdded,
  hostInSync,
  hostRemoved,
  hostStale,
  pair,
  replication,
  sbd,
  statusChanged,
} from "./example-events.spec.ts";
import {
  ascsErs,
  ascsErsHealth,
  complete,
  hana,
  hanaHealth,
  hanaWith,
  host_a,
  host_b,
  host_c,
  member,
  nameOnly,
  offline,
  online,
  stopped,
  unjudged,
} from "./examples.spec.ts";
import { cluster } from "./index.ts";

const halfOffline = [...pair, statusChanged(host_b, "offline")];
/** What follows from the last host going offline. */
const stops = [detailsUpdated(stopped), replication("unknown"), sbd("unknown"), healthChanged("unknown")];
const allOffline = [...halfOffline, statusChanged(host_a, "offline"), ...stops];

describe("rule 5: hosts that go offline", () => {
  it("the first of several changes neither state nor health", () => {
    const before = given(cluster, pair);
    const { state } = before.when(offline(host_b)).then([statusChanged(host_b, "offline")]);
    expect(state).toEqual({ ...before.state, offline_hosts: [host_b] });
  });

  it("the designated controller, while another is online, changes neither", () => {
    given(cluster, pair)
      .when(offline(host_a))
      .then([statusChanged(host_a, "offline")]);
  });

  it("the last one stops the cluster, of which nothing is known to hold any more", () => {
    const { state } = given(cluster, halfOffline)
      .when(offline(host_a))
      .then([statusChanged(host_a, "offline"), ...stops]);
    expect(state).toMatchObject({ ...stopped, health: "unknown", offline_hosts: [host_b, host_a] });
    expect(state.health_details).toEqual(
      hanaHealth({ replication_health: "unknown", sbd_health: "unknown" }),
    );
  });

  it("the only one stops the cluster", () => {
    given(cluster, [clusterRegistered(), hostAdded(host_a)])
      .when(offline(host_a))
      .then([statusChanged(host_a, "offline"), ...stops]);
  });

  it("keeps all of the description but the state: the offline host's name is not heard", () => {
    const { state } = given(cluster, halfOffline).when(offline(host_a, "renamed"));
    expect(state).toMatchObject(stopped);
  });

  it("an ASCS/ERS cluster's distribution becomes unknown as well", () => {
    given(cluster, [clusterRegistered(ascsErs, "passing", ascsErsHealth()), hostAdded(host_a)])
      .when(offline(host_a))
      .then([
        statusChanged(host_a, "offline"),
        detailsUpdated({ ...ascsErs, state: "stopped" }),
        distributed("unknown"),
        sbd("unknown"),
        healthChanged("unknown"),
      ]);
  });

  it("a critical cluster becomes unknown, which is worse", () => {
    const failed = hanaWith({ sr_health_state: "1", sbd_devices: [] });
    const details = hanaHealth({ replication_health: "critical", sbd_health: "unknown" });
    given(cluster, [clusterRegistered(failed, "critical", details), hostAdded(host_a)])
      .when(offline(host_a))
      .then([
        statusChanged(host_a, "offline"),
        detailsUpdated({ ...failed, state: "stopped" }),
        replication("unknown"),
        healthChanged("unknown"),
      ]);
  });

  it("what checks found is kept, and outweighed", () => {
    const { state } = given(cluster, [...halfOffline, checksHealth("warning"), healthChanged("warning")])
      .when(offline(host_a))
      .then([statusChanged(host_a, "offline"), ...stops]);
    expect(state.health_details?.checks_health).toBe("warning");
  });

  it("a cluster without details stops, and no health changes", () => {
    given(cluster, [clusterRegistered(unjudged, "unknown", null), hostAdded(host_a)])
      .when(offline(host_a))
      .then([statusChanged(host_a, "offline"), detailsUpdated({ ...unjudged, state: "stopped" })]);
  });

  it("a member that was stale is in sync first", () => {
    given(cluster, [...halfOffline, hostStale(host_a), dataStale()])
      .when(offline(host_a))
      .then([statusChanged(host_a, "offline"), hostInSync(host_a), dataInSync, ...stops]);
  });

  it("one that joins a cluster of which all others are offline, and which runs by its last description, stops it", () => {
    given(cluster, [...pair, hostRemoved(host_a), statusChanged(host_b, "offline")])
      .when(offline(host_c))
      .then([hostAdded(host_c, "offline"), ...stops]);
  });

  it("one that joins while another is online does not stop it", () => {
    given(cluster, halfOffline)
      .when(offline(host_c))
      .then([hostAdded(host_c, "offline")]);
  });

  it("one that is offline still stops the cluster once the last online member has left", () => {
    given(cluster, [...halfOffline, hostRemoved(host_a)])
      .when(offline(host_b))
      .then(stops);
  });

  it("a cluster of which only an offline host told is stopped when that tells again", () => {
    const told = [clusterRegistered(nameOnly, "unknown", null), hostAdded(host_a, "offline")];
    const { state } = given(cluster, told)
      .when(offline(host_a))
      .then([detailsUpdated({ ...nameOnly, state: "stopped" })]);
    expect(cluster.decide(offline(host_a), state)).toEqual({ ok: true, events: [] });
  });
});

describe("rule 5: a cluster that is stopped", () => {
  it.each([host_a, host_b])("tells nothing when a host is offline still", (host) => {
    given(cluster, allOffline).when(offline(host)).thenNothing();
  });

  it("tells no more than that when another offline host joins", () => {
    given(cluster, allOffline)
      .when(offline(host_c))
      .then([hostAdded(host_c, "offline")]);
  });

  it("is stopped still when a member that is not the controller starts: rule 2", () => {
    const { state } = given(cluster, allOffline)
      .when(member(host_b))
      .then([statusChanged(host_b, "online")]);
    expect(state).toMatchObject({ state: "stopped", health: "unknown" });
  });

  it("runs again when the designated controller starts", () => {
    const { state } = given(cluster, allOffline)
      .when(online())
      .then([
        statusChanged(host_a, "online"),
        detailsUpdated(hana),
        replication("passing"),
        sbd("passing"),
        healthChanged("passing"),
      ]);
    expect(state).toEqual(given(cluster, halfOffline).state);
  });

  it("counts what checks find, though its health is unknown still", () => {
    given(cluster, allOffline)
      .when(complete("passing"))
      .then([checksHealth("passing")]);
  });

  it("may be stopped again", () => {
    const again = [
      statusChanged(host_a, "online"),
      detailsUpdated(hana),
      replication("passing"),
      sbd("passing"),
    ];
    given(cluster, [...allOffline, ...again, healthChanged("passing")])
      .when(offline(host_a))
      .then([statusChanged(host_a, "offline"), ...stops]);
  });
});

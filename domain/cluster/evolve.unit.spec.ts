/** How each event changes what is known of a cluster, and that an event nobody knows changes nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepFreeze, given } from "../given-when-then.ts";
import {
  checksHealth,
  checksSelected,
  clusterDeregistered,
  clusterRegistered,
  clusterRestored,
  clusterTombstoned,
  dataInSync,
  dataStale,
  detailsUpdated,
  distributed,
  gone,
  healthChanged,
  hostAdded,
  hostInSync,
  hostRemoved,
  hostStale,
  pair,
  replication,
  rolledUp,
  rollUpRequested,
  sbd,
  statusChanged,
  undescribed,
} from "./example-events.spec.ts";
import {
  ascsErs,
  ascsErsHealth,
  cluster_id,
  deregistered_at,
  hana,
  hanaHealth,
  hanaWith,
  host_a,
  host_b,
  host_c,
  nameOnly,
  stopped,
  unjudged,
} from "./examples.spec.ts";
import { type ClusterAggregate, type ClusterEvent, cluster } from "./index.ts";

const initial = cluster.initialState();
const hanaState = given(cluster, pair).state;
const ascsErsState = given(cluster, [
  clusterRegistered(ascsErs, "passing", ascsErsHealth()),
  hostAdded(host_a),
]).state;
const bare = given(cluster, undescribed).state;
const removed = given(cluster, gone).state;
/** The second member is offline and stale. */
const troubled = given(cluster, [...pair, statusChanged(host_b, "offline"), hostStale(host_b)]).state;
const snapshot: ClusterAggregate = { ...hanaState, selected_checks: ["A"] };

interface Change {
  readonly from: ClusterAggregate;
  readonly event: ClusterEvent;
  /** What is different afterwards; all else stays. */
  readonly changes: Partial<ClusterAggregate>;
}

const changeBy: { readonly [Type in ClusterEvent["type"]]: Change } = {
  ClusterRegistered: {
    from: initial,
    event: clusterRegistered(),
    changes: { cluster_id, ...hana, health: "passing", health_details: hanaHealth() },
  },
  ClusterDetailsUpdated: { from: hanaState, event: detailsUpdated(stopped), changes: stopped },
  HostAddedToCluster: {
    from: hanaState,
    event: hostAdded(host_c),
    changes: { hosts: [host_a, host_b, host_c] },
  },
  ClusterHostStatusChanged: {
    from: hanaState,
    event: statusChanged(host_b, "offline"),
    changes: { offline_hosts: [host_b] },
  },
  HostRemovedFromCluster: {
    from: troubled,
    event: hostRemoved(host_b),
    changes: { hosts: [host_a], offline_hosts: [], stale_hosts: [] },
  },
  ClusterReplicationHealthChanged: {
    from: hanaState,
    event: replication("critical"),
    changes: { health_details: hanaHealth({ replication_health: "critical" }) },
  },
  ClusterDistributedHealthChanged: {
    from: ascsErsState,
    event: distributed("critical"),
    changes: { health_details: ascsErsHealth({ distributed_health: "critical" }) },
  },
  ClusterSbdHealthChanged: {
    from: hanaState,
    event: sbd("critical"),
    changes: { health_details: hanaHealth({ sbd_health: "critical" }) },
  },
  ClusterChecksHealthChanged: {
    from: hanaState,
    event: checksHealth("warning"),
    changes: { health_details: hanaHealth({ checks_health: "warning" }) },
  },
  ClusterHealthChanged: {
    from: hanaState,
    event: healthChanged("critical"),
    changes: { health: "critical" },
  },
  ChecksSelected: { from: snapshot, event: checksSelected("B"), changes: { selected_checks: ["B"] } },
  ClusterHostDataMarkedStale: {
    from: hanaState,
    event: hostStale(host_a),
    changes: { stale_hosts: [host_a] },
  },
  ClusterHostDataMarkedInSync: { from: troubled, event: hostInSync(host_b), changes: { stale_hosts: [] } },
  ClusterDataMarkedStale: { from: troubled, event: dataStale(), changes: {} },
  ClusterDataMarkedInSync: { from: hanaState, event: dataInSync, changes: {} },
  ClusterDeregistered: { from: hanaState, event: clusterDeregistered, changes: { deregistered_at } },
  ClusterTombstoned: { from: removed, event: clusterTombstoned, changes: {} },
  ClusterRestored: { from: removed, event: clusterRestored, changes: { deregistered_at: null } },
  ClusterRollUpRequested: { from: hanaState, event: rollUpRequested(), changes: { rolling_up: true } },
  ClusterRolledUp: { from: initial, event: rolledUp(snapshot), changes: snapshot },
};

describe("evolve", () => {
  it.each(Object.entries(changeBy))("%s changes what it tells of, and nothing else", (type, change) => {
    expect(change.event.type).toBe(type);
    const { from, event, changes } = deepFreeze(change);
    expect(cluster.evolve(from, event)).toStrictEqual({ ...from, ...changes });
  });

  it("knows the 20 events of a cluster", () => {
    expect(Object.keys(changeBy)).toHaveLength(20);
  });

  it("starts with a cluster of which nothing is known", () => {
    expect(initial).toStrictEqual({
      cluster_id: null,
      ...nameOnly,
      name: null,
      health: "unknown",
      health_details: null,
      hosts: [],
      offline_hosts: [],
      stale_hosts: [],
      selected_checks: [],
      deregistered_at: null,
      rolling_up: false,
    });
  });

  it.each<[string, ClusterAggregate, ClusterEvent, Partial<ClusterAggregate>]>([
    [
      "a host added offline",
      hanaState,
      hostAdded(host_c, "offline"),
      { hosts: [host_a, host_b, host_c], offline_hosts: [host_c] },
    ],
    ["a host that comes online", troubled, statusChanged(host_b, "online"), { offline_hosts: [] }],
    ["a host added twice", hanaState, hostAdded(host_b), { hosts: [host_a, host_b] }],
    ["a host offline twice", troubled, statusChanged(host_b, "offline"), { offline_hosts: [host_b] }],
    ["a host stale twice", troubled, hostStale(host_b), { stale_hosts: [host_b] }],
    ["a host in sync that was not stale", hanaState, hostInSync(host_b), {}],
    ["a host removed that is no member", troubled, hostRemoved(host_c), {}],
  ])("%s is counted once, or not at all", (_, from, event, changes) => {
    expect(cluster.evolve(deepFreeze(from), deepFreeze(event))).toStrictEqual({ ...from, ...changes });
  });
});

describe("evolve: the health details are of the same kind as the details", () => {
  it("none become unknown ones, of either kind", () => {
    const unknown = { checks_health: "unknown", sbd_health: "unknown" };
    expect(cluster.evolve(bare, detailsUpdated(hana)).health_details).toEqual({
      ...unknown,
      replication_health: "unknown",
    });
    expect(cluster.evolve(bare, detailsUpdated(ascsErs)).health_details).toEqual({
      ...unknown,
      distributed_health: "unknown",
    });
  });

  it("they stay while the kind does", () => {
    const { health_details } = cluster.evolve(hanaState, detailsUpdated(hanaWith({ sr_health_state: "1" })));
    expect(health_details).toEqual(hanaHealth());
  });

  it("they go with the details", () => {
    expect(cluster.evolve(hanaState, detailsUpdated(unjudged)).health_details).toBeNull();
  });

  it("one kind takes the place of the other", () => {
    expect(cluster.evolve(hanaState, detailsUpdated(ascsErs)).health_details).toEqual(
      ascsErsHealth({ distributed_health: "unknown" }),
    );
    expect(cluster.evolve(ascsErsState, detailsUpdated(hana)).health_details).toEqual(
      hanaHealth({ replication_health: "unknown" }),
    );
  });

  it.each([
    ["replication", ascsErsState, replication("critical")],
    ["distribution", hanaState, distributed("critical")],
    ["replication", bare, replication("critical")],
    ["distribution", bare, distributed("critical")],
    ["fencing devices", bare, sbd("critical")],
    ["checks", bare, checksHealth("critical")],
  ])("a %s that the cluster does not have changes nothing", (_, from, event) => {
    expect(cluster.evolve(from, event)).toBe(from);
  });
});

describe("evolve: an event of an unknown type", () => {
  it("is let pass, whatever it holds", () => {
    const unknownType = fc.oneof(
      fc.string(),
      fc.constantFrom("", "clusterregistered", "ClusterRegistered ", "__proto__", "constructor", "toString"),
    );
    fc.assert(
      fc.property(unknownType, fc.jsonValue(), (type, data) => {
        fc.pre(!Object.hasOwn(changeBy, type));
        // A newer release may have written it; it is read as it is stored.
        const event: ClusterEvent = JSON.parse(JSON.stringify({ type, data }));
        expect(cluster.evolve(troubled, event)).toBe(troubled);
      }),
    );
  });
});

/** The health of a cluster and what it is made of: rules 6 and 7. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import type { Health } from "../health.ts";
import type { ClusterDescription } from "./commands.ts";
import type { AscsErsDetails, SbdDevice } from "./details.ts";
import {
  clusterRegistered,
  detailsUpdated,
  distributed,
  healthChanged,
  hostAdded,
  pair,
  replication,
  sbd,
} from "./example-events.spec.ts";
import {
  ascsErs,
  ascsErsDetails,
  ascsErsHealth,
  ascsErsWith,
  hana,
  hanaHealth,
  hanaWith,
  healths,
  healthyDevice,
  host_a,
  online,
  unhealthyDevice,
  unjudged,
} from "./examples.spec.ts";
import { clusterHealth } from "./health.ts";
import { type ClusterEvent, cluster } from "./index.ts";
import type { ClusterHealthDetails } from "./state.ts";

function systems(...flags: boolean[]): AscsErsDetails["sap_systems"] {
  const [system] = ascsErsDetails.sap_systems;
  return system === undefined
    ? []
    : flags.map((isDistributed) => ({ ...system, distributed: isDistributed }));
}

/** What a cluster that its controller just registered is made of. */
function derived(told: ClusterDescription): ClusterHealthDetails {
  return given(cluster).when(online(told)).state.health_details;
}

describe("rule 6: the replication of a HANA cluster", () => {
  it.each([
    ["4", "SOK", "passing"],
    ["4", "SFAIL", "critical"],
    ["4", "Unknown", "critical"],
    ["4", "", "critical"],
    ["4", "sok", "critical"],
    ["3", "SOK", "critical"],
    ["1", "SOK", "critical"],
    ["", "SOK", "critical"],
    ["Unknown", "Unknown", "critical"],
  ] as const)(
    "whose landscape is in state %j, whose secondary is %j: %s",
    (sr_health_state, sync, health) => {
      const told = hanaWith({ sr_health_state, secondary_sync_state: sync });
      expect(derived(told)).toEqual(hanaHealth({ replication_health: health }));
    },
  );

  it.each(["hana_scale_up", "hana_scale_out"] as const)("is judged in a %s cluster", (type) => {
    expect(derived({ ...hana, type })).toEqual(hanaHealth());
  });

  it("does not mind the state of a site or a node", () => {
    const told = hanaWith({ sites: [{ name: "NBG", state: "Failed", sr_health_state: "1" }], nodes: [] });
    expect(derived(told)).toEqual(hanaHealth());
  });

  it("is told when it changes, before the devices' and the cluster's own", () => {
    const failed = hanaWith({ sr_health_state: "1" });
    const { state } = given(cluster, pair)
      .when(online(failed))
      .then([detailsUpdated(failed), replication("critical"), healthChanged("critical")]);
    expect(state.health_details).toEqual(hanaHealth({ replication_health: "critical" }));
  });

  it("is told when it recovers", () => {
    const failed = hanaWith({ sr_health_state: "1" });
    const details = hanaHealth({ replication_health: "critical" });
    given(cluster, [clusterRegistered(failed, "critical", details), hostAdded(host_a)])
      .when(online())
      .then([detailsUpdated(hana), replication("passing"), healthChanged("passing")]);
  });
});

describe("rule 6: the distribution of an ASCS/ERS cluster", () => {
  it.each([
    ["one system is distributed", [true], "passing"],
    ["all systems are", [true, true], "passing"],
    ["the only one is not", [false], "critical"],
    ["the last one is not", [true, false], "critical"],
    ["the first one is not", [false, true], "critical"],
    ["there is no system, of which every one is", [], "passing"],
  ] as const)("%s", (_, flags, health) => {
    const told = ascsErsWith({ sap_systems: systems(...flags) });
    expect(derived(told)).toEqual(ascsErsHealth({ distributed_health: health }));
  });

  it("is told when it changes, before the devices' and the cluster's own", () => {
    const moved = ascsErsWith({ sap_systems: systems(false), sbd_devices: [unhealthyDevice] });
    given(cluster, [clusterRegistered(ascsErs, "passing", ascsErsHealth()), hostAdded(host_a)])
      .when(online(moved))
      .then([detailsUpdated(moved), distributed("critical"), sbd("critical"), healthChanged("critical")]);
  });
});

describe("rule 6: the fencing devices", () => {
  it.each<[string, SbdDevice[], Health]>([
    ["no device", [], "unknown"],
    ["a healthy one", [healthyDevice], "passing"],
    ["healthy ones", [healthyDevice, { device: "/dev/vdd", status: "healthy" }], "passing"],
    ["an unhealthy one", [unhealthyDevice], "critical"],
    ["an unhealthy one beside a healthy one", [healthyDevice, unhealthyDevice], "critical"],
  ])("%s", (_, sbd_devices, sbd_health) => {
    expect(derived(hanaWith({ sbd_devices }))).toEqual(hanaHealth({ sbd_health }));
    expect(derived(ascsErsWith({ sbd_devices }))).toEqual(ascsErsHealth({ sbd_health }));
  });

  it("are told of when their health changes, and the cluster's follows", () => {
    const broken = hanaWith({ sbd_devices: [unhealthyDevice] });
    given(cluster, pair)
      .when(online(broken))
      .then([detailsUpdated(broken), sbd("critical"), healthChanged("critical")]);
  });

  it("are told of when they are gone; the cluster is judged without them", () => {
    const bare = hanaWith({ sbd_devices: [] });
    const { state } = given(cluster, pair)
      .when(online(bare))
      .then([detailsUpdated(bare), sbd("unknown")]);
    expect(state.health).toBe("passing");
  });

  it("change nothing of the health when another healthy one is added", () => {
    const more = hanaWith({ sbd_devices: [healthyDevice, { device: "/dev/vdd", status: "healthy" }] });
    given(cluster, pair)
      .when(online(more))
      .then([detailsUpdated(more)]);
  });
});

describe("rule 6: a cluster without details", () => {
  it.each(["unknown", "hana_ascs_ers"] as const)("of type %s has no health details", (type) => {
    const { state } = given(cluster).when(online({ ...unjudged, type }));
    expect(state).toMatchObject({ health: "unknown", health_details: null });
  });
});

describe("rule 7: the cluster's own health", () => {
  it.each<[string, Health, Health, Health, Health]>([
    ["all is well", "passing", "passing", "passing", "passing"],
    ["checks and devices count only when known", "passing", "unknown", "unknown", "passing"],
    ["checks are dropped while unknown", "passing", "unknown", "critical", "critical"],
    ["devices are dropped while unknown", "passing", "warning", "unknown", "warning"],
    ["a critical part outweighs a warning", "passing", "warning", "critical", "critical"],
    ["critical checks outweigh passing devices", "passing", "critical", "passing", "critical"],
    ["the first part counts as the others", "critical", "passing", "passing", "critical"],
    ["the first part is not dropped while unknown", "unknown", "passing", "passing", "unknown"],
    ["unknown is worse than critical", "unknown", "critical", "critical", "unknown"],
    ["nothing is known", "unknown", "unknown", "unknown", "unknown"],
  ])("%s", (_, first, checks_health, sbd_health, expected) => {
    expect(clusterHealth(hanaHealth({ replication_health: first, checks_health, sbd_health }))).toBe(
      expected,
    );
    expect(clusterHealth(ascsErsHealth({ distributed_health: first, checks_health, sbd_health }))).toBe(
      expected,
    );
  });

  it("is unknown where nothing can be judged", () => {
    expect(clusterHealth(null)).toBe("unknown");
  });

  it.each(healths)("is the worst of all parts, whatever they are: checks and devices %s", (health) => {
    const known = health === "unknown" ? "passing" : health;
    expect(clusterHealth(hanaHealth({ checks_health: health, sbd_health: health }))).toBe(known);
  });

  it("is told only when it changes: a second part that fails is no news", () => {
    const failed = hanaWith({ sr_health_state: "1" });
    const worse = hanaWith({ sr_health_state: "1", sbd_devices: [unhealthyDevice] });
    const history: ClusterEvent[] = [...pair, detailsUpdated(failed), replication("critical")];
    given(cluster, [...history, healthChanged("critical")])
      .when(online(worse))
      .then([detailsUpdated(worse), sbd("critical")]);
  });

  it("is told when two parts change places, only if it differs", () => {
    const failed = hanaWith({ sr_health_state: "1" });
    const broken = hanaWith({ sbd_devices: [unhealthyDevice] });
    const history: ClusterEvent[] = [...pair, detailsUpdated(failed), replication("critical")];
    given(cluster, [...history, healthChanged("critical")])
      .when(online(broken))
      .then([detailsUpdated(broken), replication("passing"), sbd("critical")]);
  });
});

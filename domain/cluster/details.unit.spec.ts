/** What the designated controller tells of a known cluster: rule 4. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import type { ClusterDescription } from "./commands.ts";
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
  hostStale,
  pair,
  replication,
  sbd,
  statusChanged,
  undescribed,
} from "./example-events.spec.ts";
import {
  ascsErs,
  ascsErsHealth,
  hana,
  hanaDetails,
  hanaHealth,
  hanaWith,
  host_a,
  host_b,
  host_c,
  online,
  unhealthyDevice,
  unjudged,
} from "./examples.spec.ts";
import { cluster } from "./index.ts";

/** Another value for each of the fields; none changes the health. */
const other: ClusterDescription = {
  name: "renamed",
  type: "hana_scale_out",
  sap_instances: [],
  provider: "azure",
  resources_number: 9,
  hosts_number: 3,
  state: "S_TRANSITION_ENGINE",
  details: { ...hanaDetails, maintenance_mode: true },
};

describe("rule 4: the designated controller of a known cluster", () => {
  it("tells nothing when it says the same again", () => {
    given(cluster, pair)
      .when(online(structuredClone(hana)))
      .thenNothing();
  });

  it("tells nothing when only the CIB was written again", () => {
    const command = online();
    given(cluster, pair)
      .when({ ...command, data: { ...command.data, cib_last_written: null } })
      .thenNothing();
  });

  it("tells nothing when only another member has become the controller", () => {
    given(cluster, pair).when(online(hana, host_b)).thenNothing();
  });

  it("does not mind the order in which attributes are named", () => {
    const [node] = hanaDetails.nodes;
    const named = (attributes: Record<string, string>) =>
      hanaWith({ nodes: node === undefined ? [] : [{ ...node, attributes }] });
    given(cluster, [clusterRegistered(named({ a: "1", b: "2" })), hostAdded(host_a)])
      .when(online(named({ b: "2", a: "1" })))
      .thenNothing();
  });

  it.each([
    ["name", { ...hana, name: other.name }],
    ["name, which is no longer known", { ...hana, name: null }],
    ["type", { ...hana, type: other.type }],
    ["sap_instances", { ...hana, sap_instances: other.sap_instances }],
    ["provider", { ...hana, provider: other.provider }],
    ["resources_number", { ...hana, resources_number: other.resources_number }],
    ["hosts_number", { ...hana, hosts_number: other.hosts_number }],
    ["hosts_number, which is no longer known", { ...hana, hosts_number: null }],
    ["state", { ...hana, state: other.state }],
    ["details", { ...hana, details: other.details }],
    [
      "details, in what is nested",
      hanaWith({ sites: [{ name: "WDF", state: "Primary", sr_health_state: "4" }] }),
    ],
    ["whole description", other],
  ] satisfies [string, ClusterDescription][])("updates the details when its %s differs", (_, told) => {
    const { state } = given(cluster, pair)
      .when(online(told))
      .then([detailsUpdated(told)]);
    expect(state).toMatchObject(told);
    expect(cluster.decide(online(structuredClone(told)), state)).toEqual({ ok: true, events: [] });
  });

  it("describes a cluster of which only the name was known", () => {
    given(cluster, undescribed)
      .when(online(hana, host_b))
      .then([
        hostAdded(host_b),
        detailsUpdated(hana),
        replication("passing"),
        sbd("passing"),
        healthChanged("passing"),
      ]);
  });

  it("tells of no devices, where none were known, by saying nothing of them", () => {
    const told = hanaWith({ sbd_devices: [] });
    given(cluster, undescribed)
      .when(online(told))
      .then([detailsUpdated(told), replication("passing"), healthChanged("passing")]);
  });

  it("is counted among the members first, then described, then judged", () => {
    const told = hanaWith({ secondary_sync_state: "SFAIL", sbd_devices: [unhealthyDevice] });
    given(cluster, pair)
      .when(online(told, host_c))
      .then([
        hostAdded(host_c),
        detailsUpdated(told),
        replication("critical"),
        sbd("critical"),
        healthChanged("critical"),
      ]);
  });

  it("that started and was stale is marked so before the details", () => {
    const told = hanaWith({ secondary_sync_state: "SFAIL" });
    given(cluster, [...pair, statusChanged(host_b, "offline"), hostStale(host_b), dataStale()])
      .when(online(told, host_b))
      .then([
        statusChanged(host_b, "online"),
        hostInSync(host_b),
        dataInSync,
        detailsUpdated(told),
        replication("critical"),
        healthChanged("critical"),
      ]);
  });

  it("keeps the members, the selected checks and what checks found", () => {
    const before = given(cluster, [...pair, checksHealth("warning"), healthChanged("warning")]);
    const { state } = before.when(online(other));
    expect(state).toEqual({ ...before.state, ...other });
  });
});

describe("rule 4: a cluster that changes its type", () => {
  const bare: ClusterDescription = { ...ascsErs, details: null, type: "hana_ascs_ers" };
  const judgedUnknown = [...pair, detailsUpdated(unjudged), healthChanged("unknown")];

  it("from HANA to unknown loses all of its health", () => {
    const { state } = given(cluster, pair)
      .when(online(unjudged))
      .then([detailsUpdated(unjudged), healthChanged("unknown")]);
    expect(state.health_details).toBeNull();
  });

  it("and back is judged anew", () => {
    const { state } = given(cluster, judgedUnknown)
      .when(online(hana))
      .then([detailsUpdated(hana), replication("passing"), sbd("passing"), healthChanged("passing")]);
    expect(state).toEqual(given(cluster, pair).state);
  });

  it("between two types of which nothing can be judged keeps its unknown health", () => {
    given(cluster, judgedUnknown)
      .when(online(bare))
      .then([detailsUpdated(bare)]);
  });

  it("loses with its details what checks found in them", () => {
    const checked = [...pair, checksHealth("critical"), healthChanged("critical")];
    const { state } = given(cluster, checked)
      .when(online(unjudged))
      .then([detailsUpdated(unjudged), healthChanged("unknown")]);
    expect(state.health_details).toBeNull();
  });

  it("from HANA to ASCS/ERS is judged by its distribution, no longer by its replication", () => {
    const failed = [clusterRegistered(hana, "critical", hanaHealth({ replication_health: "critical" }))];
    const { state } = given(cluster, [...failed, hostAdded(host_a)])
      .when(online(ascsErs))
      .then([detailsUpdated(ascsErs), distributed("passing"), healthChanged("passing")]);
    expect(state.health_details).toEqual(ascsErsHealth());
  });

  it("from ASCS/ERS to HANA is judged by its replication", () => {
    const { state } = given(cluster, [
      clusterRegistered(ascsErs, "passing", ascsErsHealth()),
      hostAdded(host_a),
    ])
      .when(online(hana))
      .then([detailsUpdated(hana), replication("passing")]);
    expect(state.health_details).toEqual(hanaHealth());
  });
});

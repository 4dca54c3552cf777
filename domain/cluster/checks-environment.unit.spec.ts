/** What checks are told of a cluster and its hosts. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import { type ClusterMember, checksEnvironment } from "./checks-environment.ts";
import type { ClusterDescription } from "./commands.ts";
import { pair } from "./example-events.spec.ts";
import {
  ascsErs,
  ascsErsDetails,
  hana,
  hanaDetails,
  hanaWith,
  host_a,
  host_b,
  host_c,
} from "./examples.spec.ts";
import { cluster } from "./index.ts";

const { state } = given(cluster, pair);

function environment(described: ClusterDescription, members: readonly ClusterMember[] = []) {
  return checksEnvironment({ ...state, ...described }, members);
}

describe("of a HANA cluster", () => {
  it("that scales up, its architecture and its scenario are told", () => {
    expect(environment(hanaWith({ architecture_type: "angi" }))).toEqual({
      env: {
        provider: "kvm",
        cluster_type: "hana_scale_up",
        architecture_type: "angi",
        hana_scenario: "performance_optimized",
      },
      hosts: [],
    });
  });

  it("that scales out, there is no scenario", () => {
    expect(environment({ ...hana, type: "hana_scale_out" })?.env).toEqual({
      provider: "kvm",
      cluster_type: "hana_scale_out",
      architecture_type: "classic",
    });
  });

  it("of which no details are known, they have their defaults", () => {
    expect(environment({ ...hana, details: null })?.env).toEqual({
      provider: "kvm",
      cluster_type: "hana_scale_up",
      architecture_type: "classic",
      hana_scenario: "unknown",
    });
  });

  it("all hosts are targets; a majority maker is one by its name in the cluster", () => {
    const [node] = hanaDetails.nodes;
    if (node === undefined) throw new Error("the example has no node");
    const nodes = [node, { ...node, name: "maker", is_majority_maker: true }];
    const members = [
      { host_id: host_a, hostname: node.name, instances: [] },
      { host_id: host_b, hostname: "maker", instances: [] },
      { host_id: host_c, hostname: "known by another name", instances: [] },
    ];
    expect(environment(hanaWith({ nodes }), members)?.hosts).toEqual([
      { host_id: host_a, attributes: { is_majority_maker: false } },
      { host_id: host_b, attributes: { is_majority_maker: true } },
      { host_id: host_c, attributes: { is_majority_maker: false } },
    ]);
  });
});

describe("of a cluster of central services", () => {
  const instance = (sid: string, instance_number: string) => ({
    ...(hana.sap_instances[0] ?? { resource_id: "", resource_type: "sap_instance", mounted: true }),
    name: `${sid}_${instance_number}`,
    hostname: null,
    sid,
    instance_number,
  });
  const clustered: ClusterDescription = {
    ...ascsErs,
    sap_instances: [instance("NWP", "00"), instance("NWQ", "10")],
  };
  const member = (
    host_id: string,
    ...instances: readonly ClusterMember["instances"][number][]
  ): ClusterMember => ({ host_id, hostname: host_id, instances });

  it("the hosts with an instance that the cluster runs are targets, without attributes", () => {
    const found = environment(clustered, [
      member(host_a, { sid: "NWP", instance_number: "00", ensa_version: "ensa2" }),
      member(host_b, { sid: "NWP", instance_number: "02", ensa_version: "ensa2" }),
      member(host_c),
    ]);
    expect(found).toEqual({
      env: {
        provider: "kvm",
        cluster_type: "ascs_ers",
        ensa_version: "ensa2",
        filesystem_type: "resource_managed",
      },
      hosts: [{ host_id: host_a, attributes: {} }],
    });
  });

  it.each([
    [["ensa1", "ensa1"], "ensa1"],
    [["ensa1", "ensa2"], "mixed_versions"],
    [["no_ensa", "no_ensa"], "no_ensa"],
    [[], "mixed_versions"],
  ] as const)("the ENSA versions %j are told as %s", (versions, told) => {
    const members = versions.map((ensa_version, index) =>
      member(
        `host ${index}`,
        { sid: index === 0 ? "NWP" : "NWQ", instance_number: index === 0 ? "00" : "10", ensa_version },
        // Not of the cluster: it has no say.
        { sid: "OTH", instance_number: "00", ensa_version: "ensa2" },
      ),
    );
    expect(environment(clustered, members)?.env.ensa_version).toBe(told);
  });

  it.each([
    [[true, true], "resource_managed"],
    [[false, false], "simple_mount"],
    [[true, false], "mixed_fs_types"],
  ] as const)("file systems of systems, by resource %j, are told as %s", (by, told) => {
    const [system] = ascsErsDetails.sap_systems;
    if (system === undefined) throw new Error("the example has no system");
    const sap_systems = by.map((filesystem_resource_based) => ({ ...system, filesystem_resource_based }));
    const details = { ...ascsErsDetails, sap_systems };
    expect(environment({ ...clustered, details })?.env.filesystem_type).toBe(told);
  });

  it("of which no details are known, the file systems are mixed", () => {
    expect(environment({ ...clustered, details: null })?.env.filesystem_type).toBe("mixed_fs_types");
  });
});

it.each(["unknown", "hana_ascs_ers"] as const)("no checks are run on a cluster of type %s", (type) => {
  expect(environment({ ...hana, type })).toBeNull();
});

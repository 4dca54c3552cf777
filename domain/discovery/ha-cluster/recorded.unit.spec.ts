/** What real agents sent of clusters ends in what it must; skipped where the recordings are not at hand. */
import { describe, expect, it } from "vitest";
import { agentId, noMemory } from "../examples.spec.ts";
import { recorded, recordedIn, recordingsPresent } from "../recordings.spec.ts";
import { centralServicesOf, commandsOf, hanaOf, registered } from "./examples.spec.ts";

const PREFIX = "ha_cluster_discovery_";
const payloadOf = (name: string): unknown => recorded(`discovery/${PREFIX}${name}`).payload;
const hana = (name: string) => hanaOf(payloadOf(name));
const central = (name: string) => centralServicesOf(payloadOf(name));
const sids = (name: string) => registered(payloadOf(name)).sap_instances.map(({ sid }) => sid);

describe.skipIf(!recordingsPresent)("all that is recorded", () => {
  it("is looked at", () => {
    const names = recordedIn("discovery", (name) => name.startsWith(PREFIX));
    expect(names.map((name) => name.slice(`discovery/${PREFIX}`.length)).sort()).toEqual([
      "angi_hana_scale_up",
      "angi_hana_scale_up_failover",
      "ascs_ers",
      "ascs_ers_maintenance",
      "ascs_ers_simple_mount",
      "aws",
      "hana_ascs_ers",
      "hana_scale_out",
      "hana_scale_out_maintenance",
      "hana_scale_out_with_majority_maker",
      "hana_scale_up",
      "hana_scale_up_cost_opt",
      "hana_scale_up_diskless_sbd",
      "host_offline",
      "host_offline_unnamed",
      "unclustered",
      "unnamed",
    ]);
  });
});

describe.skipIf(!recordingsPresent)("recorded scale-up clusters", () => {
  it("the plain one", () => {
    expect(recorded("discovery/ha_cluster_discovery_hana_scale_up").agent_id).toBe(agentId);
    expect(registered(payloadOf("hana_scale_up"))).toMatchObject({
      cluster_id: "34a94290-2236-5e4d-8def-05beb32d14d4",
      host_id: agentId,
      name: "hana_cluster",
      type: "hana_scale_up",
      provider: "azure",
      designated_controller: true,
      resources_number: 8,
      hosts_number: 2,
      state: "S_IDLE",
      cib_last_written: "Fri Oct 18 11:48:22 2019",
    });
    expect(sids("hana_scale_up")).toEqual(["PRD"]);
    expect(hana("hana_scale_up")).toMatchObject({
      architecture_type: "classic",
      hana_scenario: "performance_optimized",
      system_replication_mode: "sync",
      system_replication_operation_mode: "logreplay",
      secondary_sync_state: "SOK",
      sr_health_state: "4",
      fencing_type: "external/sbd",
      maintenance_mode: false,
      sbd_devices: [
        { device: "/dev/vdc", status: "healthy" },
        { device: "/dev/vdb", status: "healthy" },
      ],
      sites: [
        { name: "PRIMARY_SITE_NAME", state: "Primary", sr_health_state: "4" },
        { name: "SECONDARY_SITE_NAME", state: "Secondary", sr_health_state: "4" },
      ],
    });
  });

  it("the nodes and resources of the plain one", () => {
    const { nodes, resources, stopped_resources } = hana("hana_scale_up");
    const role = { nameserver_actual_role: "master", indexserver_actual_role: "master", status: "Online" };
    expect(nodes).toMatchObject([
      {
        name: "node01",
        hana_status: "Primary",
        virtual_ip: "192.168.123.200",
        is_majority_maker: false,
        ...role,
      },
      { name: "node02", hana_status: "Secondary", virtual_ip: null, is_majority_maker: false, ...role },
    ]);
    expect(nodes.some(({ attributes }) => "lpa_prd_lpt" in attributes)).toBe(false);
    const hanaResources = resources.filter(({ id }) => id === "rsc_SAPHana_PRD_HDB00");
    expect(hanaResources.map(({ node, fail_count }) => [node, fail_count])).toEqual([
      ["node01", 1_000_000],
      ["node02", 300],
    ]);
    expect(stopped_resources.map(({ id }) => id)).toEqual(["test-stop", "clusterfs", "clusterfs"]);
  });

  it("optimised for cost", () => {
    expect(hana("hana_scale_up_cost_opt").hana_scenario).toBe("cost_optimized");
    expect(sids("hana_scale_up_cost_opt").sort()).toEqual(["HDQ", "QAS"]);
  });

  it("with SBD without disks", () => {
    expect(hana("hana_scale_up_diskless_sbd")).toMatchObject({
      fencing_type: "Diskless SBD",
      sbd_devices: [],
    });
  });

  it("without a name", () => {
    const { name, ...rest } = registered(payloadOf("unnamed"));
    expect(name).toBeNull();
    expect(rest).toMatchObject({ cluster_id: "34a94290-2236-5e4d-8def-05beb32d14d4", type: "hana_scale_up" });
  });

  it("at aws", () => {
    const { fencing_type, nodes } = hana("aws");
    expect(registered(payloadOf("aws"))).toMatchObject({ provider: "aws", resources_number: 7 });
    expect(fencing_type).toBe("external/ec2");
    expect(nodes.map(({ virtual_ip }) => virtual_ip)).toEqual(["192.168.1.10", null]);
  });

  it("with SAPHanaSR-angi, before and after a failover", () => {
    expect(registered(payloadOf("angi_hana_scale_up")).type).toBe("hana_scale_up");
    expect(hana("angi_hana_scale_up")).toMatchObject({
      architecture_type: "angi",
      secondary_sync_state: "SOK",
      sr_health_state: "4",
    });
    expect(hana("angi_hana_scale_up_failover")).toMatchObject({
      architecture_type: "angi",
      secondary_sync_state: "SFAIL",
      sr_health_state: "Unknown",
    });
  });
});

describe.skipIf(!recordingsPresent)("recorded scale-out clusters", () => {
  it("the plain one has 6 nodes", () => {
    expect(registered(payloadOf("hana_scale_out"))).toMatchObject({
      type: "hana_scale_out",
      hosts_number: 6,
    });
    const details = hana("hana_scale_out");
    expect(details).toMatchObject({ architecture_type: "classic", maintenance_mode: false });
    expect(details.nodes).toHaveLength(6);
    expect(details.nodes.filter((node) => node.is_majority_maker)).toEqual([]);
    expect(details.nodes.map(({ hana_status }) => hana_status)).toEqual(
      Array(3).fill(["Primary", "Secondary"]).flat(),
    );
  });

  it("the one in maintenance", () => {
    expect(hana("hana_scale_out_maintenance").maintenance_mode).toBe(true);
  });

  it("the one with a majority maker", () => {
    const { nodes } = hana("hana_scale_out_with_majority_maker");
    expect(nodes).toHaveLength(5);
    expect(nodes.filter((node) => node.is_majority_maker).map(({ name }) => name)).toEqual(["hana-s-mm"]);
  });
});

describe.skipIf(!recordingsPresent)("recorded clusters of central services", () => {
  it.each([
    ["ascs_ers", { filesystem_resource_based: true, distributed: true }, false],
    ["ascs_ers_maintenance", { filesystem_resource_based: true, distributed: true }, true],
    ["ascs_ers_simple_mount", { filesystem_resource_based: false, distributed: true }, false],
  ])("%s", (name, system, maintenance_mode) => {
    expect(registered(payloadOf(name))).toMatchObject({ type: "ascs_ers", designated_controller: false });
    expect(central(name)).toMatchObject({ maintenance_mode, sap_systems: [{ sid: "NWP", ...system }] });
    const [system0] = central(name).sap_systems;
    expect(system0?.nodes.map(({ roles }) => roles)).toEqual([["ascs"], ["ers"]]);
    expect(registered(payloadOf(name)).sap_instances.map(({ mounted }) => mounted)).toEqual([true, true]);
  });

  it("beside a database", () => {
    expect(registered(payloadOf("hana_ascs_ers"))).toMatchObject({ type: "hana_ascs_ers", details: null });
  });
});

describe.skipIf(!recordingsPresent)("recorded hosts that are not online in a cluster", () => {
  const cluster_id = "34a94290-2236-5e4d-8def-05beb32d14d4";

  it.each([
    ["host_offline", "ha_cluster"],
    ["host_offline_unnamed", null],
  ])("%s", (file, name) => {
    const data = { cluster_id, host_id: agentId, name };
    expect(commandsOf(payloadOf(file))).toEqual([{ type: "RegisterOfflineClusterHost", data }]);
  });

  it("the one that left", () => {
    expect(payloadOf("unclustered")).toBeNull();
    expect(commandsOf(payloadOf("unclustered"))).toEqual([]);
    const data = { cluster_id, host_id: agentId, deregistered_at: noMemory.now };
    expect(commandsOf(payloadOf("unclustered"), { clusterId: cluster_id })).toEqual([
      { type: "DeregisterClusterHost", data },
    ]);
  });
});

/** Descriptions and commands that the specifications of the cluster share; there is no test in here. */
import { type Health, healthSchema } from "../health.ts";
import type { ClusterDescription } from "./commands.ts";
import type {
  AscsErsDetails,
  ClusteredInstance,
  ClusterResource,
  HanaDetails,
  SbdDevice,
} from "./details.ts";
import type { ClusterCommand } from "./index.ts";
import type { AscsErsHealthDetails, HanaHealthDetails } from "./state.ts";

export const cluster_id = "34a94290-2236-5e4d-8def-05beb32d14d4";
/** Three members. The first is the designated controller unless a specification says otherwise. */
export const host_a = "0a055c90-4cb6-54ce-ac9c-ae3fedaf40d4";
export const host_b = "13e8c25c-3180-5a9a-95c8-51ec38e50cfc";
export const host_c = "9cd46919-5f19-59aa-993e-cf3736c71053";
export const healths: readonly Health[] = healthSchema.options;
export const deregistered_at = "2026-01-03T00:00:00.000Z";
export const stale_at = "2026-01-02T00:00:00.000Z";
export const later = "2026-01-02T00:01:00.000Z";

export const healthyDevice: SbdDevice = { device: "/dev/vdb", status: "healthy" };
export const unhealthyDevice: SbdDevice = { device: "/dev/vdc", status: "unhealthy" };

const resource: ClusterResource = {
  id: "rsc_SAPHana_PRD_HDB00",
  type: "ocf::suse:SAPHana",
  role: "Master",
  status: "Active",
  fail_count: 0,
  managed: true,
  node: "db01",
  sid: "PRD",
  parent: { id: "msl_SAPHana_PRD_HDB00", managed: true, multi_state: true },
};
const instance: ClusteredInstance = {
  name: "PRD_HDB00",
  sid: "PRD",
  instance_number: "00",
  hostname: null,
  resource_id: "rsc_SAPHana_PRD_HDB00",
  resource_type: "sap_instance",
  mounted: true,
};

/** A system replication that is healthy, and devices that are. */
export const hanaDetails: HanaDetails = {
  architecture_type: "classic",
  hana_scenario: "performance_optimized",
  system_replication_mode: "sync",
  system_replication_operation_mode: "logreplay",
  secondary_sync_state: "SOK",
  sr_health_state: "4",
  fencing_type: "external/sbd",
  maintenance_mode: false,
  stopped_resources: [{ id: "rsc_ip", type: "ocf::heartbeat:IPaddr2", role: "Stopped" }],
  nodes: [
    {
      name: "db01",
      site: "NBG",
      hana_status: "Primary",
      attributes: { hana_prd_clone_state: "PROMOTED", hana_prd_site: "NBG" },
      virtual_ip: "10.1.1.13",
      nameserver_actual_role: "master",
      indexserver_actual_role: "master",
      status: "Online",
      is_majority_maker: false,
      resources: [resource],
    },
  ],
  sbd_devices: [healthyDevice],
  sites: [{ name: "NBG", state: "Primary", sr_health_state: "4" }],
  resources: [resource],
};
export const ascsErsDetails: AscsErsDetails = {
  fencing_type: "external/sbd",
  maintenance_mode: false,
  sap_systems: [
    {
      sid: "NWP",
      filesystem_resource_based: true,
      distributed: true,
      nodes: [
        {
          name: "app01",
          roles: ["ascs"],
          virtual_ips: ["10.1.1.25"],
          filesystems: ["rsc_fs_NWP_ASCS00"],
          attributes: { runs_ers_NWP: "1" },
          status: "Online",
          resources: [{ ...resource, sid: "NWP", parent: null, node: null, fail_count: null }],
        },
      ],
    },
  ],
  stopped_resources: [],
  sbd_devices: [healthyDevice],
  resources: [],
};

/** What the designated controller of a healthy HANA cluster says. */
export const hana: ClusterDescription = {
  name: "hana_cluster",
  type: "hana_scale_up",
  sap_instances: [instance],
  provider: "kvm",
  resources_number: 8,
  hosts_number: 2,
  state: "S_IDLE",
  details: hanaDetails,
};
export const ascsErs: ClusterDescription = {
  ...hana,
  name: "netweaver_cluster",
  type: "ascs_ers",
  sap_instances: [],
  details: ascsErsDetails,
};
/** A cluster of which nothing can be judged. */
export const unjudged: ClusterDescription = { ...hana, type: "unknown", sap_instances: [], details: null };
/** All that is known of a cluster whose designated controller has not spoken. */
export const nameOnly: ClusterDescription = {
  name: "hana_cluster",
  type: "unknown",
  sap_instances: [],
  provider: "unknown",
  resources_number: null,
  hosts_number: null,
  state: "unknown",
  details: null,
};
export const stopped: ClusterDescription = { ...hana, state: "stopped" };

export function hanaWith(changes: Partial<HanaDetails>): ClusterDescription {
  return { ...hana, details: { ...hanaDetails, ...changes } };
}
export function ascsErsWith(changes: Partial<AscsErsDetails>): ClusterDescription {
  return { ...ascsErs, details: { ...ascsErsDetails, ...changes } };
}
export function hanaHealth(changes: Partial<HanaHealthDetails> = {}): HanaHealthDetails {
  return { replication_health: "passing", checks_health: "unknown", sbd_health: "passing", ...changes };
}
export function ascsErsHealth(changes: Partial<AscsErsHealthDetails> = {}): AscsErsHealthDetails {
  return { distributed_health: "passing", checks_health: "unknown", sbd_health: "passing", ...changes };
}

type CommandOf<Type extends ClusterCommand["type"]> = Extract<ClusterCommand, { type: Type }>;

/** The designated controller's word. */
export function online(
  data: ClusterDescription = hana,
  host_id = host_a,
): CommandOf<"RegisterOnlineClusterHost"> {
  const cib_last_written = "Thu Jan  1 00:00:00 2026";
  return {
    type: "RegisterOnlineClusterHost",
    data: { cluster_id, host_id, designated_controller: true, cib_last_written, ...data },
  };
}
/** Another member's word: it tells as much, of which only the name counts, and that only at first. */
export function member(host_id: string, data: ClusterDescription = hana): ReturnType<typeof online> {
  const command = online(data, host_id);
  return { ...command, data: { ...command.data, designated_controller: false } };
}
export function offline(host_id: string, name: string | null = "hana_cluster") {
  return {
    type: "RegisterOfflineClusterHost",
    data: { cluster_id, host_id, name },
  } satisfies ClusterCommand;
}
export function deregister(host_id: string): CommandOf<"DeregisterClusterHost"> {
  return { type: "DeregisterClusterHost", data: { cluster_id, host_id, deregistered_at } };
}
export function markStale(host_id: string, at = stale_at): CommandOf<"MarkClusterHostStale"> {
  return { type: "MarkClusterHostStale", data: { cluster_id, host_id, stale_at: at } };
}
export function select(...checks: string[]): CommandOf<"SelectChecks"> {
  return { type: "SelectChecks", data: { cluster_id, checks } };
}
export function complete(health: Health): CommandOf<"CompleteChecksExecution"> {
  return { type: "CompleteChecksExecution", data: { cluster_id, health } };
}
export const rollUp: CommandOf<"RollUpCluster"> = { type: "RollUpCluster", data: { cluster_id } };

/** One command of each type. */
export const everyCommand: { readonly [Type in ClusterCommand["type"]]: CommandOf<Type> } = {
  RegisterOnlineClusterHost: online(),
  RegisterOfflineClusterHost: offline(host_a),
  DeregisterClusterHost: deregister(host_a),
  MarkClusterHostStale: markStale(host_a),
  SelectChecks: select("A"),
  CompleteChecksExecution: complete("warning"),
  RollUpCluster: rollUp,
};
export const commandTypes = Object.values(everyCommand).map(({ type }) => type);

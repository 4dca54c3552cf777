/** What the designated controller tells about a cluster. */
import { z } from "zod";

export const clusterTypeSchema = z.enum([
  "hana_scale_up",
  "hana_scale_out",
  "ascs_ers",
  "hana_ascs_ers",
  "unknown",
]);
export type ClusterType = z.infer<typeof clusterTypeSchema>;

/** Pacemaker's own states, and `stopped` and `unknown`. */
export const clusterStateSchema = z.enum([
  "S_IDLE",
  "S_ELECTION",
  "S_INTEGRATION",
  "S_FINALIZE_JOIN",
  "S_NOT_DC",
  "S_POLICY_ENGINE",
  "S_RECOVERY",
  "S_RELEASE_DC",
  "S_STARTING",
  "S_PENDING",
  "S_STOPPING",
  "S_TERMINATE",
  "S_TRANSITION_ENGINE",
  "S_MAX",
  "stopped",
  "unknown",
]);
export type ClusterState = z.infer<typeof clusterStateSchema>;

export const clusterHostStatusSchema = z.enum(["online", "offline"]);
export type ClusterHostStatus = z.infer<typeof clusterHostStatusSchema>;

export const sbdDeviceSchema = z.object({ device: z.string(), status: z.enum(["healthy", "unhealthy"]) });
export type SbdDevice = z.infer<typeof sbdDeviceSchema>;

export const stoppedResourceSchema = z.object({ id: z.string(), type: z.string(), role: z.string() });

export const clusterResourceSchema = z.object({
  id: z.string(),
  type: z.string(),
  role: z.string(),
  status: z.string().nullable(),
  /** Null for a resource that the history of its node does not name. */
  fail_count: z.int().nullable(),
  managed: z.boolean(),
  /** Name of the node that it runs on. */
  node: z.string().nullable(),
  sid: z.string().nullable(),
  /** What it is part of: a clone (`multi_state` false), a promotable one (true), or a group (null). */
  parent: z.object({ id: z.string(), managed: z.boolean(), multi_state: z.boolean().nullable() }).nullable(),
});
export type ClusterResource = z.infer<typeof clusterResourceSchema>;

const hanaStatusSchema = z.enum(["Primary", "Secondary", "Failed", "Unknown"]);
export type HanaStatus = z.infer<typeof hanaStatusSchema>;

export const hanaSiteSchema = z.object({
  name: z.string(),
  state: hanaStatusSchema,
  sr_health_state: z.string(),
});
export type HanaSite = z.infer<typeof hanaSiteSchema>;

export const hanaNodeSchema = z.object({
  name: z.string(),
  /** Null for a node that belongs to none, as a majority maker. */
  site: z.string().nullable(),
  hana_status: hanaStatusSchema,
  attributes: z.record(z.string(), z.string()),
  virtual_ip: z.string().nullable(),
  nameserver_actual_role: z.string().nullable(),
  indexserver_actual_role: z.string().nullable(),
  status: z.string(),
  is_majority_maker: z.boolean(),
  resources: z.array(clusterResourceSchema),
});
export type HanaNode = z.infer<typeof hanaNodeSchema>;

export const hanaDetailsSchema = z.object({
  architecture_type: z.enum(["classic", "angi"]),
  hana_scenario: z.enum(["cost_optimized", "performance_optimized", "unknown"]),
  system_replication_mode: z.string(),
  system_replication_operation_mode: z.string(),
  secondary_sync_state: z.string(),
  sr_health_state: z.string(),
  fencing_type: z.string(),
  maintenance_mode: z.boolean(),
  stopped_resources: z.array(stoppedResourceSchema),
  nodes: z.array(hanaNodeSchema),
  sbd_devices: z.array(sbdDeviceSchema),
  sites: z.array(hanaSiteSchema),
  resources: z.array(clusterResourceSchema),
});
export type HanaDetails = z.infer<typeof hanaDetailsSchema>;

export const ascsErsNodeSchema = z.object({
  name: z.string(),
  roles: z.array(z.enum(["ascs", "ers"])),
  virtual_ips: z.array(z.string()),
  filesystems: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
  status: z.string(),
  resources: z.array(clusterResourceSchema),
});

export const ascsErsSystemSchema = z.object({
  sid: z.string(),
  filesystem_resource_based: z.boolean(),
  distributed: z.boolean(),
  nodes: z.array(ascsErsNodeSchema),
});

export const ascsErsDetailsSchema = z.object({
  fencing_type: z.string(),
  maintenance_mode: z.boolean(),
  sap_systems: z.array(ascsErsSystemSchema),
  stopped_resources: z.array(stoppedResourceSchema),
  sbd_devices: z.array(sbdDeviceSchema),
  resources: z.array(clusterResourceSchema),
});
export type AscsErsDetails = z.infer<typeof ascsErsDetailsSchema>;

export type ClusterDetails = HanaDetails | AscsErsDetails;

export function isHana(details: ClusterDetails): details is HanaDetails {
  return "sites" in details;
}

/** An SAP instance that the cluster's resources name. */
export interface ClusteredInstance {
  readonly name: string;
  readonly sid: string;
  readonly instance_number: string;
  readonly hostname: string | null;
  readonly resource_id: string;
  readonly resource_type: "sap_hana_topology" | "sap_instance";
  /** Whether the cluster itself mounts, or starts, what the instance lives on. */
  readonly mounted: boolean;
}

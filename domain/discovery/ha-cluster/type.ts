/** What a cluster is for. */
import type { ClusterType, HanaDetails } from "../../cluster/details.ts";
import type { OnlineCluster } from "./payload.ts";

export interface ClusterKind {
  readonly type: ClusterType;
  readonly architecture: HanaDetails["architecture_type"];
}

/** In classic scale-up the nodes' attributes tell of replication, in all others the cluster's properties. */
export function isWrittenByNodes({ type, architecture }: ClusterKind): boolean {
  return type === "hana_scale_up" && architecture === "classic";
}

const TOPOLOGY = "ocf::suse:SAPHanaTopology";
const SAP_INSTANCE = "ocf::heartbeat:SAPInstance";

/** By the agents of the clones: SAPHanaSR as it is set up by hand, and its scale-out variant. */
function classicHana({ crmmon }: OnlineCluster): "hana_scale_up" | "hana_scale_out" | null {
  const agents = crmmon.clones.flatMap(({ resources }) => resources.map(({ agent }) => agent));
  if (!agents.includes(TOPOLOGY)) return null;
  if (agents.includes("ocf::suse:SAPHana")) return "hana_scale_up";
  return agents.includes("ocf::suse:SAPHanaController") ? "hana_scale_out" : null;
}

/** Central services come in pairs of groups, one for the instance and one for its replicated locks. */
function runsCentralServices({ crmmon }: OnlineCluster): boolean {
  const groups = crmmon.groups.filter(({ resources }) =>
    resources.some(({ agent, id }) => agent === SAP_INSTANCE && !id.includes("HDB")),
  );
  return groups.length >= 2 && groups.length % 2 === 0;
}

/** SAPHanaSR-angi writes the topology into the cluster's properties. */
function angiTopology({ cib }: OnlineCluster): string | null {
  const properties = cib.configuration.crm_config.cluster_properties;
  return properties.find(({ name }) => name.endsWith("_glob_topology"))?.value ?? null;
}

export function kindOf(cluster: OnlineCluster): ClusterKind {
  const centralServices = runsCentralServices(cluster);
  const topology = angiTopology(cluster);
  const hana = classicHana(cluster);
  if (!centralServices && topology === "ScaleUp") return { type: "hana_scale_up", architecture: "angi" };
  if (!centralServices && topology === "ScaleOut") return { type: "hana_scale_out", architecture: "angi" };
  if (!centralServices) return { type: hana ?? "unknown", architecture: "classic" };
  return { type: hana === null ? "ascs_ers" : "hana_ascs_ers", architecture: "classic" };
}

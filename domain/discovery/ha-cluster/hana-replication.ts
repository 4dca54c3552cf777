/** System replication as the cluster sees it. Where it is written depends on the architecture and the topology. */
import type { HanaDetails, HanaNode } from "../../cluster/details.ts";
import type { KnownCluster } from "./known-cluster.ts";
import { type ClusterKind, isWrittenByNodes } from "./type.ts";

export const UNKNOWN = "Unknown";

type Replication = Pick<
  HanaDetails,
  "system_replication_mode" | "system_replication_operation_mode" | "secondary_sync_state" | "sr_health_state"
>;

export interface SiteNames {
  readonly primary: string;
  readonly secondary: string;
}

/** The primary is written down; the secondary is the other site whose landscape is known. */
export function siteNames(cluster: KnownCluster, sid: string): SiteNames {
  const primary = cluster.property(`hana_${sid}_glob_prim`) ?? UNKNOWN;
  const prefix = `hana_${sid}_site_lss_`;
  const sites = cluster.cib.configuration.crm_config.cluster_properties
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => name.slice(prefix.length));
  return { primary, secondary: sites.find((site) => site !== primary) ?? UNKNOWN };
}

/** Scale-up set up by hand: written into the attributes of the nodes. */
function byNodes(sid: string, nodes: readonly HanaNode[]): Replication {
  const first = (name: string) =>
    nodes.map(({ attributes }) => attributes[`hana_${sid}_${name}`]).find((value) => value) || UNKNOWN;
  const secondary = nodes.find(
    ({ hana_status }) => hana_status === "Secondary" || hana_status === "Failed",
  )?.attributes;
  return {
    system_replication_mode: first("srmode"),
    system_replication_operation_mode: first("op_mode"),
    secondary_sync_state: secondary?.[`hana_${sid}_sync_state`] || UNKNOWN,
    sr_health_state: secondary?.[`hana_${sid}_roles`]?.split(":")[0] || UNKNOWN,
  };
}

export function replicationOf(
  cluster: KnownCluster,
  kind: ClusterKind,
  sid: string,
  nodes: readonly HanaNode[],
): Replication {
  if (isWrittenByNodes(kind)) return byNodes(sid, nodes);
  const property = (name: string) => cluster.property(`hana_${sid}_${name}`);
  const { primary, secondary } = siteNames(cluster, sid);
  // While no site replicates, the secondary is written as `-`: then there is no health of it.
  const sr_health_state = property(`site_lss_${property("glob_sec") ?? secondary}`) ?? UNKNOWN;
  if (kind.architecture === "angi") {
    return {
      system_replication_mode: property(`site_srMode_${primary}`) ?? "sync",
      system_replication_operation_mode: property(`site_opMode_${primary}`) ?? "logreplay",
      secondary_sync_state: property(`site_srPoll_${secondary}`) ?? UNKNOWN,
      sr_health_state,
    };
  }
  return {
    system_replication_mode: property("glob_srmode") ?? "sync",
    system_replication_operation_mode: property("glob_op_mode") ?? "logreplay",
    secondary_sync_state: property("glob_sync_state") ?? UNKNOWN,
    sr_health_state,
  };
}

/** Sites of a cluster that runs a HANA database. */
import type { HanaNode, HanaSite, HanaStatus } from "../../cluster/details.ts";
import { siteNames, UNKNOWN } from "./hana-replication.ts";
import type { KnownCluster } from "./known-cluster.ts";
import { type ClusterKind, isWrittenByNodes } from "./type.ts";

/** @param role P or S, as the site plays it; @param sync state of its replication */
export function hanaStatus(role: string | null | undefined, sync: string | null | undefined): HanaStatus {
  if (!sync || sync === UNKNOWN) return "Unknown";
  if (role === "P") return sync === "PRIM" ? "Primary" : "Failed";
  if (role === "S") return sync === "SOK" ? "Secondary" : "Failed";
  return "Unknown";
}

/** Tells the status of a whole site, where sites are what is written down. */
export function siteStatus(
  cluster: KnownCluster,
  kind: ClusterKind,
  sid: string,
): (site: string) => HanaStatus {
  const property = (name: string) => cluster.property(`hana_${sid}_${name}`);
  const { secondary } = siteNames(cluster, sid);
  return (site) => {
    const role = property(`site_srr_${site}`);
    if (kind.architecture === "angi") return hanaStatus(role, property(`site_srPoll_${site}`));
    // Older agents of the resource write no hook: then the global state is that of the secondary.
    const unhooked = site === secondary ? property("glob_sync_state") : "PRIM";
    return hanaStatus(role, property(`site_srHook_${site}`) ?? unhooked);
  };
}

/** The primary and the secondary, either of which may be unknown; those of the nodes where these are what is written down. */
export function hanaSites(
  cluster: KnownCluster,
  kind: ClusterKind,
  sid: string,
  nodes: readonly HanaNode[],
): HanaSite[] {
  if (isWrittenByNodes(kind)) return sitesOfNodes(nodes, sid);
  const { primary, secondary } = siteNames(cluster, sid);
  const statusOfSite = siteStatus(cluster, kind, sid);
  return [primary, secondary].map((name) => ({
    name,
    state: statusOfSite(name),
    sr_health_state: cluster.property(`hana_${sid}_site_lss_${name}`) ?? UNKNOWN,
  }));
}

function sitesOfNodes(nodes: readonly HanaNode[], sid: string): HanaSite[] {
  return nodes.flatMap(({ site, hana_status, attributes }) =>
    site === null
      ? []
      : {
          name: site,
          state: hana_status,
          sr_health_state: attributes[`hana_${sid}_roles`]?.split(":")[0] || UNKNOWN,
        },
  );
}

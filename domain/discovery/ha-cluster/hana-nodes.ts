/** Nodes and sites of a cluster that runs a HANA database. */
import type { HanaNode, HanaSite, HanaStatus } from "../../cluster/details.ts";
import { siteNames, UNKNOWN } from "./hana-replication.ts";
import type { CrmNode, OnlineCluster } from "./payload.ts";
import {
  clusterProperty,
  clusterResources,
  HANA_TYPES,
  nodeAttributes,
  nodeStatus,
  virtualIps,
} from "./resources.ts";
import type { ClusterKind } from "./type.ts";

/** @param role P or S, as the site plays it; @param sync state of its replication */
function hanaStatus(role: string | null | undefined, sync: string | null | undefined): HanaStatus {
  if (!role || !sync || role === UNKNOWN || sync === UNKNOWN) return "Unknown";
  if (role === "P") return sync === "PRIM" ? "Primary" : "Failed";
  if (role === "S") return sync === "SOK" ? "Secondary" : "Failed";
  return "Unknown";
}

/** The status of a whole site, where sites are what is written down. */
function siteStatus(cluster: OnlineCluster, kind: ClusterKind, sid: string, site: string): HanaStatus {
  const property = (name: string) => clusterProperty(cluster, `hana_${sid}_${name}`);
  const role = property(`site_srr_${site}`);
  if (kind.architecture === "angi") return hanaStatus(role, property(`site_srPoll_${site}`));
  const { secondary } = siteNames(cluster, sid);
  // Older agents of the resource write no hook: then the global state is that of the secondary.
  const unhooked = site === secondary ? property("glob_sync_state") : "PRIM";
  return hanaStatus(role, property(`site_srHook_${site}`) ?? unhooked);
}

/** Six parts where replication is part of them, four otherwise. */
function actualRoles(roles: string): { nameserver: string; indexserver: string } {
  const parts = roles.split(":");
  if (parts.length === 6) return { nameserver: parts[3] ?? "", indexserver: parts[5] ?? "" };
  if (parts.length === 4) return { nameserver: parts[1] ?? "", indexserver: parts[3] ?? "" };
  return { nameserver: "", indexserver: "" };
}

/** A node that may run nothing of the database: it is there to decide which half of the cluster lives. */
function isMajorityMaker({ cib }: OnlineCluster, node: string): boolean {
  const { resources, constraints } = cib.configuration;
  const databaseIds = [...resources.clones, ...resources.masters]
    .filter(({ primitive }) => primitive !== null && HANA_TYPES.includes(primitive.type))
    .map(({ id }) => id);
  const banned = new Set(
    constraints.rsc_locations
      .filter((location) => location.node === node && location.score === "-INFINITY")
      .map(({ resource }) => resource),
  );
  return databaseIds.length > 0 && databaseIds.every((id) => banned.has(id));
}

export function nodesAndSites(
  cluster: OnlineCluster,
  kind: ClusterKind,
  sid: string,
): { nodes: HanaNode[]; sites: HanaSite[] } {
  const writtenByNodes = kind.type === "hana_scale_up" && kind.architecture === "classic";
  const resources = clusterResources(cluster);
  const toNode = (node: CrmNode): HanaNode => {
    const attributes = nodeAttributes(cluster, node.name);
    const attribute = (name: string) => attributes[`hana_${sid}_${name}`] ?? "";
    const site = attribute("site");
    const { nameserver, indexserver } = actualRoles(attribute("roles"));
    return {
      name: node.name,
      site,
      hana_status: writtenByNodes
        ? hanaStatus(attribute("roles").split(":")[1], attribute("sync_state"))
        : siteStatus(cluster, kind, sid, site),
      attributes,
      virtual_ip: virtualIps(cluster, node.name)[0] ?? null,
      nameserver_actual_role: nameserver,
      indexserver_actual_role: indexserver,
      status: nodeStatus(node),
      is_majority_maker: isMajorityMaker(cluster, node.name),
      resources: resources.filter((resource) => resource.node === node.name),
    };
  };
  const nodes = cluster.crmmon.nodes.map(toNode);
  return { nodes, sites: writtenByNodes ? sitesOfNodes(nodes, sid) : namedSites(cluster, kind, sid) };
}

function sitesOfNodes(nodes: readonly HanaNode[], sid: string): HanaSite[] {
  return nodes
    .filter(({ site }) => site !== "")
    .map(({ site, hana_status, attributes }) => ({
      name: site,
      state: hana_status,
      sr_health_state: attributes[`hana_${sid}_roles`]?.split(":")[0] || UNKNOWN,
    }));
}

function namedSites(cluster: OnlineCluster, kind: ClusterKind, sid: string): HanaSite[] {
  const { primary, secondary } = siteNames(cluster, sid);
  return [primary, secondary]
    .filter((name) => name !== UNKNOWN)
    .map((name) => ({
      name,
      state: siteStatus(cluster, kind, sid, name),
      sr_health_state: clusterProperty(cluster, `hana_${sid}_site_lss_${name}`) ?? UNKNOWN,
    }));
}

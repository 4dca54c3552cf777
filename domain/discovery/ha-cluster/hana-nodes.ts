/** Nodes of a cluster that runs a HANA database. */
import type { HanaNode } from "../../cluster/details.ts";
import { hanaStatus, siteStatus } from "./hana-sites.ts";
import type { KnownCluster } from "./known-cluster.ts";
import { majorityMakers } from "./majority-maker.ts";
import type { CrmNode } from "./payload.ts";
import { nodeStatus } from "./resources.ts";
import { type ClusterKind, isWrittenByNodes } from "./type.ts";
import { addressOf, addressResources } from "./virtual-address.ts";

/** Six parts where replication is part of them, as in classic scale-up; four otherwise. */
function actualRoles(
  roles: string,
  kind: ClusterKind,
): { nameserver: string | null; indexserver: string | null } {
  const parts = roles.split(":");
  const [nameserver, indexserver] = isWrittenByNodes(kind) ? [3, 5] : [1, 3];
  if (parts.length !== indexserver + 1) return { nameserver: null, indexserver: null };
  return { nameserver: parts[nameserver] || null, indexserver: parts[indexserver] || null };
}

/** SAPHanaSR notes here when it last saw the node: it changes at every monitoring, and says nothing. */
function withoutHeartbeat(
  attributes: Readonly<Record<string, string>>,
  kind: ClusterKind,
  sid: string,
): Readonly<Record<string, string>> {
  const noise = `lpa_${sid}_lpt`;
  if (kind.type !== "hana_scale_up" || !Object.hasOwn(attributes, noise)) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== noise));
}

/** The first resource that holds an address decides, even if it tells none. */
function virtualAddress(cluster: KnownCluster, node: string): string | null {
  const here = cluster.placedOn(node).map(({ resource }) => resource);
  const [first] = addressResources(cluster, here);
  return first === undefined ? null : addressOf(cluster, first);
}

/** @param sid in lower case */
export function hanaNodes(cluster: KnownCluster, kind: ClusterKind, sid: string): HanaNode[] {
  const makers = majorityMakers(cluster);
  const statusOfSite = siteStatus(cluster, kind, sid);
  return cluster.crmmon.nodes.map((node: CrmNode): HanaNode => {
    const attributes = cluster.attributesOf(node.name);
    const attribute = (name: string) => attributes[`hana_${sid}_${name}`] ?? "";
    const site = attribute("site");
    const roles = attribute("roles");
    const { nameserver, indexserver } = actualRoles(roles, kind);
    return {
      name: node.name,
      site: site || null,
      hana_status: isWrittenByNodes(kind)
        ? hanaStatus(roles.split(":")[1], attribute("sync_state"))
        : statusOfSite(site),
      attributes: withoutHeartbeat(attributes, kind, sid),
      virtual_ip: virtualAddress(cluster, node.name),
      nameserver_actual_role: nameserver,
      indexserver_actual_role: indexserver,
      status: nodeStatus(node),
      is_majority_maker: makers.has(node.name),
      resources: [...cluster.resourcesOn(node.name)],
    };
  });
}

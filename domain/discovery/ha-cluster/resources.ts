/** The cluster's configured primitives and running resources, as one list each. */
import type { ClusterResource } from "../../cluster/details.ts";
import type { CrmNode, CrmResource, OnlineCluster, Primitive } from "./payload.ts";

export const HANA_TYPES = ["SAPHana", "SAPHanaTopology", "SAPHanaController"];
export const SAP_INSTANCE = "SAPInstance";

/** Every primitive, wherever it stands; the first of an id counts. */
export function primitivesOf({ cib }: OnlineCluster): Primitive[] {
  const { primitives, clones, masters, groups } = cib.configuration.resources;
  const wrapped = [...clones, ...masters].flatMap(({ primitive }) => (primitive === null ? [] : [primitive]));
  return [...primitives, ...wrapped, ...groups.flatMap((group) => group.primitives)];
}

export function attributeOf(primitive: Primitive | undefined, name: string): string | null {
  return primitive?.instance_attributes.find((attribute) => attribute.name === name)?.value ?? null;
}

export interface PlacedResource {
  readonly resource: CrmResource;
  readonly parent: ClusterResource["parent"];
}

/** Every running or stopped resource, with what it is part of. */
export function placedResources({ crmmon }: OnlineCluster): PlacedResource[] {
  return [
    ...crmmon.resources.map((resource) => ({ resource, parent: null })),
    ...crmmon.clones.flatMap(({ id, managed, multi_state, resources }) =>
      resources.map((resource) => ({ resource, parent: { id, managed, multi_state } })),
    ),
    ...crmmon.groups.flatMap(({ id, managed, resources }) =>
      resources.map((resource) => ({ resource, parent: { id, managed, multi_state: null } })),
    ),
  ];
}

function statusOf(resource: CrmResource): string {
  if (resource.active) return "Active";
  if (resource.blocked) return "Blocked";
  if (resource.failed) return "Failed";
  if (resource.failure_ignored) return "FailureIgnored";
  return resource.orphaned ? "Orphaned" : "";
}

/** Null when the node's history does not name the resource; 0 when it names none. */
function failCount({ crmmon }: OnlineCluster, { id, node }: CrmResource): number | null {
  const history = crmmon.node_history.nodes.find(({ name }) => name === node?.name)?.resource_history;
  if (history === undefined || history.length === 0) return node === null ? null : 0;
  return history.find(({ name }) => name === id)?.fail_count ?? null;
}

function sidOf(primitive: Primitive | undefined): string | null {
  if (primitive === undefined) return null;
  if (HANA_TYPES.includes(primitive.type)) return attributeOf(primitive, "SID");
  if (primitive.type === SAP_INSTANCE) return attributeOf(primitive, "InstanceName")?.split("_")[0] ?? null;
  return null;
}

export function clusterResources(cluster: OnlineCluster): ClusterResource[] {
  const primitives = new Map(
    primitivesOf(cluster)
      .reverse()
      .map((primitive) => [primitive.id, primitive]),
  );
  return placedResources(cluster).map(({ resource, parent }) => ({
    id: resource.id,
    type: resource.agent,
    role: resource.role,
    status: statusOf(resource),
    fail_count: failCount(cluster, resource),
    managed: resource.managed,
    node: resource.node?.name ?? null,
    sid: sidOf(primitives.get(resource.id)),
    parent,
  }));
}

export function stoppedResources(cluster: OnlineCluster): { id: string; type: string; role: string }[] {
  return placedResources(cluster)
    .filter(({ resource }) => resource.nodes_running_on === 0 && !resource.active)
    .map(({ resource: { id, agent, role } }) => ({ id, type: agent, role }));
}

/** Attributes of a node, by name. */
export function nodeAttributes({ crmmon }: OnlineCluster, node: string): Record<string, string> {
  const attributes = crmmon.node_attributes.nodes.find(({ name }) => name === node)?.attributes ?? [];
  return Object.fromEntries(attributes.map(({ name, value }) => [name, value]));
}

export function clusterProperty({ cib }: OnlineCluster, name: string): string | null {
  const property = cib.configuration.crm_config.cluster_properties.find((one) => one.name === name);
  return property?.value || null;
}

/** In words, by the first that holds. */
export function nodeStatus(node: CrmNode): string {
  if (!node.online) return "Offline";
  if (node.unclean) return "Unclean";
  if (node.standby) return "Standby";
  if (node.maintenance) return "Maintenance";
  if (node.shutdown) return "Shutdown";
  if (node.pending) return "Pending";
  return node.standby_on_fail ? "Standby on fail" : "Online";
}

/** Addresses that move with what runs on a node, in the order in which the resources are listed. */
export function virtualIps(
  cluster: OnlineCluster,
  node: string,
  belongs: (resource: CrmResource) => boolean = () => true,
): string[] {
  const agent = cluster.provider === "aws" ? "aws-vpc-move-ip" : "IPaddr2";
  const primitives = primitivesOf(cluster);
  return placedResources(cluster).flatMap(({ resource }) => {
    if (resource.node?.name !== node || !resource.agent.endsWith(agent) || !belongs(resource)) return [];
    const ip = attributeOf(
      primitives.find(({ id }) => id === resource.id),
      "ip",
    );
    return ip === null || ip === "" ? [] : [ip];
  });
}

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

/** The SID that a central service or an application server belongs to, as `<sid>_<name>_<hostname>` begins with it. */
export function instanceSid(primitive: Primitive): string | null {
  return attributeOf(primitive, "InstanceName")?.split("_", 1)[0] ?? null;
}

export interface PlacedResource {
  readonly resource: CrmResource;
  readonly parent: ClusterResource["parent"];
}

/** Every running or stopped resource, with what it is part of. */
export function placedResources({ crmmon }: OnlineCluster): PlacedResource[] {
  const within = (resources: readonly CrmResource[], parent: ClusterResource["parent"]) =>
    resources.map((resource) => ({ resource, parent }));
  return [
    ...within(crmmon.resources, null),
    ...crmmon.clones.flatMap(({ id, managed, multi_state, resources }) =>
      within(resources, { id, managed, multi_state }),
    ),
    ...crmmon.groups.flatMap(({ id, managed, resources }) =>
      within(resources, { id, managed, multi_state: null }),
    ),
  ];
}

function statusOf(resource: CrmResource): string | null {
  if (resource.active) return "Active";
  if (resource.blocked) return "Blocked";
  if (resource.failed) return "Failed";
  if (resource.failure_ignored) return "FailureIgnored";
  return resource.orphaned || resource.removed ? "Orphaned" : null;
}

/** Null when the node's history does not name the resource; 0 when it names none. */
function failCount(
  { id, node }: CrmResource,
  failures: ReadonlyMap<string, number | null> | undefined,
): number | null {
  if (failures === undefined || failures.size === 0) return node === null ? null : 0;
  return failures.get(id) ?? null;
}

function sidOf(primitive: Primitive | undefined): string | null {
  if (primitive === undefined) return null;
  if (HANA_TYPES.includes(primitive.type)) return attributeOf(primitive, "SID");
  return primitive.type === SAP_INSTANCE ? instanceSid(primitive) : null;
}

/** @param failures of the resources of its node, by id */
export function describeResource(
  { resource, parent }: PlacedResource,
  primitive: Primitive | undefined,
  failures: ReadonlyMap<string, number | null> | undefined,
): ClusterResource {
  return {
    id: resource.id,
    type: resource.agent,
    role: resource.role,
    status: statusOf(resource),
    fail_count: failCount(resource, failures),
    managed: resource.managed,
    node: resource.node?.name ?? null,
    sid: sidOf(primitive),
    parent,
  };
}

export function stoppedResources(
  placed: readonly PlacedResource[],
): { id: string; type: string; role: string }[] {
  return placed
    .filter(({ resource }) => resource.nodes_running_on === 0 && !resource.active)
    .map(({ resource: { id, agent, role } }) => ({ id, type: agent, role }));
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

/** A cluster with its parts at hand by what they are looked for: each list is gone through once, however often it is asked. */
import type { ClusterResource } from "../../cluster/details.ts";
import type { OnlineCluster, Primitive } from "./payload.ts";
import { describeResource, type PlacedResource, placedResources, primitivesOf } from "./resources.ts";

export interface KnownCluster extends OnlineCluster {
  readonly primitives: readonly Primitive[];
  readonly placed: readonly PlacedResource[];
  readonly resources: readonly ClusterResource[];
  /** The first primitive of an id. */
  primitive(id: string): Primitive | undefined;
  /** Null for a property that is not set, or set to nothing. */
  property(name: string): string | null;
  /** Attributes of a node, by name. */
  attributesOf(node: string): Readonly<Record<string, string>>;
  placedOn(node: string): readonly PlacedResource[];
  resourcesOn(node: string): readonly ClusterResource[];
}

/** The first of a key counts. */
function firstBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T> {
  const first = new Map<K, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return first;
}

export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function attributesByNode({ crmmon }: OnlineCluster): Map<string, Record<string, string>> {
  const attributes = new Map<string, Record<string, string>>();
  for (const [node, told] of firstBy(crmmon.node_attributes.nodes, ({ name }) => name))
    attributes.set(node, Object.fromEntries(told.attributes.map(({ name, value }) => [name, value])));
  return attributes;
}

/** By node, how often each of its resources failed; the first that is told of either counts. */
function failuresByNode({ crmmon }: OnlineCluster): Map<string, Map<string, number | null>> {
  const failures = new Map<string, Map<string, number | null>>();
  for (const [node, { resource_history }] of firstBy(crmmon.node_history.nodes, ({ name }) => name)) {
    const counts = new Map<string, number | null>();
    for (const [name, { fail_count }] of firstBy(resource_history, (one) => one.name))
      counts.set(name, fail_count);
    failures.set(node, counts);
  }
  return failures;
}

export function knownCluster(cluster: OnlineCluster): KnownCluster {
  const primitives = primitivesOf(cluster);
  const primitiveById = firstBy(primitives, ({ id }) => id);
  const properties = firstBy(cluster.cib.configuration.crm_config.cluster_properties, ({ name }) => name);
  const attributes = attributesByNode(cluster);
  const failures = failuresByNode(cluster);
  const placed = placedResources(cluster);
  const placedByNode = groupedBy(placed, ({ resource }) => resource.node?.name);
  const resources = placed.map(({ resource, parent }) =>
    describeResource(
      { resource, parent },
      primitiveById.get(resource.id),
      resource.node === null ? undefined : failures.get(resource.node.name),
    ),
  );
  const resourcesByNode = groupedBy(resources, ({ node }) => node);
  return {
    ...cluster,
    primitives,
    placed,
    resources,
    primitive: (id) => primitiveById.get(id),
    property: (name) => properties.get(name)?.value || null,
    attributesOf: (node) => attributes.get(node) ?? {},
    placedOn: (node) => placedByNode.get(node) ?? [],
    resourcesOn: (node) => resourcesByNode.get(node) ?? [],
  };
}

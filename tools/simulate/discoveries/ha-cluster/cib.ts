/** The configuration of a cluster, as the agent reads it from the CIB. */
import type { Cluster } from "../../model/cluster.ts";
import { type Contents, listOrNull, type Primitive, type Resource } from "./resource.ts";

function pairs(owner: string, values: Readonly<Record<string, string>> | undefined): unknown {
  return listOrNull(
    Object.entries(values ?? {}).map(([name, value]) => ({
      Id: `${owner}-${name}`,
      Name: name,
      Value: value,
    })),
  );
}

function primitiveOf({
  id,
  class: kind,
  provider,
  type,
  attributes,
  meta,
  operations = [],
}: Primitive): unknown {
  return {
    Id: id,
    Class: kind,
    Provider: provider,
    Type: type,
    InstanceAttributes: pairs(`${id}-instance_attributes`, attributes),
    MetaAttributes: pairs(`${id}-meta_attributes`, meta),
    Operations: listOrNull(
      operations.map(({ name, interval, timeout, role = "" }) => ({
        Id: `${id}-${name}-${interval}`,
        Name: name,
        Interval: interval,
        Timeout: timeout,
        Role: role,
      })),
    ),
  };
}

function cloned(resources: readonly Resource[], kind: "clone" | "master"): unknown {
  const found = resources.flatMap((resource) => {
    if (resource.kind !== kind) return [];
    const { id, hasRoles, primitive } = resource;
    const meta = { "clone-node-max": "1", interleave: "true", ...(hasRoles ? { promotable: "true" } : {}) };
    return [
      { Id: id, MetaAttributes: pairs(`${id}-meta_attributes`, meta), Primitive: primitiveOf(primitive) },
    ];
  });
  return listOrNull(found);
}

/** Seconds that fencing may take, as each provider asks for. */
const fencingTimes: Readonly<Partial<Record<Cluster["provider"], string>>> = {
  azure: "900",
  aws: "600s",
  gcp: "300s",
};

/** The sets of properties: that of the cluster, and that of what it runs. */
export function clusterProperties(
  { fencing, name, pacemakerVersion, isInMaintenance, isFencingOff, provider }: Cluster,
  { properties: own }: Contents,
): { readonly id: string; readonly values: Readonly<Record<string, string>> }[] {
  const common = {
    "have-watchdog": String(fencing.kind !== "agent"),
    "dc-version": pacemakerVersion,
    "cluster-infrastructure": "corosync",
    "cluster-name": name,
    "stonith-enabled": String(!isFencingOff),
    "stonith-timeout": fencingTimes[provider] ?? "150s",
    "maintenance-mode": String(isInMaintenance),
  };
  return [
    { id: "cib-bootstrap-options", values: common },
    { id: "SAPHanaSR", values: own },
  ];
}

function properties(cluster: Cluster, contents: Contents): unknown {
  return clusterProperties(cluster, contents).flatMap(({ id, values }) =>
    Object.entries(values).map(([key, value]) => ({ Id: `${id}-${key}`, Name: key, Value: value })),
  );
}

export function cibOf(cluster: Cluster, contents: Contents): unknown {
  const { resources, locations } = contents;
  return {
    Configuration: {
      CrmConfig: { ClusterProperties: properties(cluster, contents) },
      Nodes: cluster.nodes.map((node) => ({
        Id: String(node.id),
        Uname: node.host.hostname,
        InstanceAttributes: pairs(`nodes-${node.id}`, contents.attributesOf(node).kept),
      })),
      Resources: {
        Primitives: listOrNull(
          resources.flatMap((one) => (one.kind === "primitive" ? [primitiveOf(one.primitive)] : [])),
        ),
        Groups: listOrNull(
          resources.flatMap((one) =>
            one.kind === "group" ? [{ Id: one.id, Primitives: one.primitives.map(primitiveOf) }] : [],
          ),
        ),
        Clones: cloned(resources, "clone"),
        Masters: cloned(resources, "master"),
      },
      Constraints: {
        RscLocations: listOrNull(
          locations.map(({ id, node, resource, score }) => ({
            Id: id,
            Node: node,
            Resource: resource,
            Role: "",
            Score: score,
          })),
        ),
      },
    },
  };
}

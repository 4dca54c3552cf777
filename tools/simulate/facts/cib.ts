/** The CIB as the gatherer reads it: the same cluster that `ha_cluster_discovery` tells of. */

import { cast } from "../../agent/facts/cast.ts";
import { valueAt } from "../../agent/facts/path.ts";
import { failed, type Value } from "../../agent/facts/value.ts";
import { clusterProperties } from "../discoveries/ha-cluster/cib.ts";
import { contentsOf } from "../discoveries/ha-cluster/index.ts";
import type { Primitive, Resource } from "../discoveries/ha-cluster/resource.ts";
import { type Cluster, nodeOf } from "../model/cluster.ts";
import { clusterOf } from "../model/installation.ts";
import type { Gatherer } from "./answer.ts";

function pairs(owner: string, values: Readonly<Record<string, string>>): Value {
  return Object.entries(values).map(([name, value]) => ({
    id: `${owner}-${name}`,
    name,
    value: cast(value),
  }));
}

function primitiveOf({
  id,
  class: kind,
  provider,
  type,
  attributes,
  meta,
  operations = [],
}: Primitive): Value {
  return {
    id,
    class: kind,
    ...(provider === "" ? {} : { provider }),
    type,
    instance_attributes: { id: `${id}-instance_attributes`, nvpair: pairs(id, attributes) },
    ...(meta === undefined ? {} : { meta_attributes: [{ id: `${id}-meta`, nvpair: pairs(id, meta) }] }),
    operations: {
      op: operations.map(({ name, interval, timeout }) => ({
        id: `${id}-${name}-${interval}`,
        name,
        interval: cast(interval),
        timeout: cast(timeout),
      })),
    },
  };
}

/** A key that nothing is in is not there. */
function unlessEmpty(key: string, list: readonly Value[]): Record<string, Value> {
  return list.length === 0 ? {} : { [key]: list };
}

function resourcesOf(resources: readonly Resource[]): Value {
  const primitive: Value[] = [];
  const held = { group: [] as Value[], clone: [] as Value[], master: [] as Value[] };
  for (const one of resources) {
    if (one.kind === "primitive") primitive.push(primitiveOf(one.primitive));
    else if (one.kind === "group")
      held.group.push({ id: one.id, primitive: one.primitives.map(primitiveOf) });
    else held[one.kind].push({ id: one.id, primitive: [primitiveOf(one.primitive)] });
  }
  return {
    ...unlessEmpty("primitive", primitive),
    ...unlessEmpty("group", held.group),
    ...unlessEmpty("clone", held.clone),
    ...unlessEmpty("master", held.master),
  };
}

function defaultsOf({ workload }: Cluster): Record<string, string> {
  return workload.kind === "hana"
    ? { "resource-stickiness": "1000", "migration-threshold": "5000" }
    : { "resource-stickiness": "1", "migration-threshold": "3" };
}

function cibOf(cluster: Cluster): Value {
  const contents = contentsOf(cluster);
  const sets = clusterProperties(cluster, contents).map(({ id, values }) => ({
    id,
    nvpair: pairs(id, values),
  }));
  return {
    cib: {
      configuration: {
        crm_config: { cluster_property_set: sets },
        nodes: { node: cluster.nodes.map(({ id, host }) => ({ id, uname: host.hostname })) },
        resources: resourcesOf(contents.resources),
        constraints: unlessEmpty(
          "rsc_location",
          contents.locations.map(({ id, node, resource, score }) => ({ id, node, rsc: resource, score })),
        ),
        rsc_defaults: {
          meta_attributes: [{ id: "rsc-options", nvpair: pairs("rsc-options", defaultsOf(cluster)) }],
        },
      },
    },
  };
}

export const cibadmin: Gatherer = (host, argument) => {
  const cluster = clusterOf(host);
  if (cluster === null || nodeOf(cluster, host)?.isRunning !== true)
    return failed("cibadmin-command-error", "error running cibadmin command: exit status 102");
  return valueAt(cibOf(cluster), argument, "value-not-found");
};

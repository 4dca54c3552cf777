/** The resources of a cluster that runs HANA. */
import {
  type Cluster,
  type ClusterNode,
  isMajorityMaker,
  isOnline,
  nodeOf,
  runningNode,
} from "../../model/cluster.ts";
import { siteWorks } from "../../model/condition.ts";
import { addressHost, type Database } from "../../model/database.ts";
import { isSameHost } from "../../model/host.ts";
import {
  type Location,
  monitor,
  type Placement,
  type Primitive,
  type Resource,
  startedOn,
} from "./resource.ts";
import { virtualIp } from "./virtual-ip.ts";

/** As in the ids of resources. */
function label({ sid, number }: Database): string {
  return `${sid}_HDB${number}`;
}

function names(database: Database) {
  const isOwnPackage = database.architecture === "angi";
  const isController = isOwnPackage || database.topology === "scale-out";
  const short = isController ? "SAPHanaCon" : "SAPHana";
  return {
    agent: isController ? "SAPHanaController" : "SAPHana",
    resource: `rsc_${short}_${label(database)}`,
    clone: `${isOwnPackage ? "mst" : "msl"}_${short}_${label(database)}`,
    topology: `rsc_SAPHanaTop_${label(database)}`,
    topologyClone: `cln_SAPHanaTop_${label(database)}`,
  } as const;
}

function controlledRole(database: Database, node: ClusterNode): Placement {
  const site = database.sites.find(({ instances }) =>
    instances.some(({ host }) => isSameHost(host, node.host)),
  );
  if (site === undefined || !isOnline(node) || !siteWorks(site)) return { node: null, role: "Stopped" };
  const first = site.instances[0]?.host;
  const isMaster = site === database.primary && first !== undefined && isSameHost(first, node.host);
  return { node, role: isMaster ? "Master" : "Slave" };
}

function instanceAttributes({ sid, number }: Database): Record<string, string> {
  return { SID: sid, InstanceNumber: number };
}

function controlled(cluster: Cluster, database: Database): Resource {
  const { agent, resource, clone } = names(database);
  const primitive: Primitive = {
    id: resource,
    class: "ocf",
    provider: "suse",
    type: agent,
    attributes: {
      ...instanceAttributes(database),
      PREFER_SITE_TAKEOVER: "true",
      AUTOMATED_REGISTER: "false",
      DUPLICATE_PRIMARY_TIMEOUT: "7200",
    },
    operations: [monitor("60", "700", "Master"), monitor("61", "700", "Slave")],
  };
  return {
    kind: database.architecture === "angi" ? "clone" : "master",
    id: clone,
    hasRoles: true,
    primitive,
    placements: cluster.nodes.map((node) => controlledRole(database, node)),
  };
}

function topology(cluster: Cluster, database: Database): Resource {
  const { topology: id, topologyClone } = names(database);
  const primitive: Primitive = {
    id,
    class: "ocf",
    provider: "suse",
    type: "SAPHanaTopology",
    attributes: instanceAttributes(database),
    operations: [monitor("10", "600")],
  };
  const placements = cluster.nodes.map((node) =>
    startedOn(isOnline(node) && !isMajorityMaker(cluster, node) ? node : null),
  );
  return { kind: "clone", id: topologyClone, hasRoles: false, primitive, placements };
}

function addressResource(cluster: Cluster, database: Database): Resource {
  const primitives = virtualIp(cluster.provider, label(database), database.address);
  const placement = startedOn(runningNode(cluster, addressHost(database)));
  return { kind: "group", id: `g_ip_${label(database)}`, primitives, placement };
}

/** The second database of a cluster that is optimised for cost is a plain instance. */
function plainInstance(cluster: Cluster, database: Database): Resource[] {
  const [instance] = database.primary.instances;
  if (instance === undefined) return [];
  const name = `${label(database)}_${instance.host.hostname}`;
  const primitive: Primitive = {
    id: `rsc_SAP_${label(database)}`,
    class: "ocf",
    provider: "heartbeat",
    type: "SAPInstance",
    attributes: {
      InstanceName: name,
      MONITOR_SERVICES: "hdbindexserver|hdbnameserver",
      START_PROFILE: `/usr/sap/${database.sid}/SYS/profile/${name}`,
    },
    operations: [monitor("120", "700")],
  };
  const isUp = instance.status === "green" && database.primary.isRunning;
  const node = isUp ? runningNode(cluster, instance.host) : null;
  return [{ kind: "primitive", primitive, placement: startedOn(node) }];
}

export function hanaResources(cluster: Cluster, database: Database, second: Database | null): Resource[] {
  return [
    ...(second === null ? [] : plainInstance(cluster, second)),
    addressResource(cluster, database),
    controlled(cluster, database),
    topology(cluster, database),
  ];
}

/** Nothing of the database may run on the majority maker, nor the second database beside the primary. */
export function hanaLocations(cluster: Cluster, database: Database, second: Database | null): Location[] {
  const { clone, topologyClone } = names(database);
  const makers = cluster.nodes.filter((node) => isMajorityMaker(cluster, node));
  const bans: { node: string; resource: string }[] = makers.flatMap(({ host }) =>
    [clone, topologyClone].map((resource) => ({ node: host.hostname, resource })),
  );
  const secondHost = second?.primary.instances[0]?.host;
  if (second !== null && secondHost !== undefined && nodeOf(cluster, secondHost) !== undefined) {
    const resource = `rsc_SAP_${label(second)}`;
    for (const { host } of cluster.nodes) {
      if (!isSameHost(host, secondHost)) bans.push({ node: host.hostname, resource });
    }
  }
  return bans.map(({ node, resource }) => ({
    id: `loc_${resource}_not_on_${node}`,
    node,
    resource,
    score: "-INFINITY",
  }));
}

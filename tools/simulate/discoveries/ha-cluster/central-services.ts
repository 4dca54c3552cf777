/** What a cluster runs for the central services of a system and their replicated locks: a group for each. */
import { type Cluster, type ClusterNode, movedInstances, runningNode } from "../../model/cluster.ts";
import type { ApplicationInstance, SapSystem } from "../../model/sap-system.ts";
import { type Contents, monitor, type Primitive, type Resource, startedOn } from "./resource.ts";
import { virtualIp } from "./virtual-ip.ts";

function label({ system, name }: ApplicationInstance): string {
  return `${system.sid}_${name}`;
}

function instanceName(instance: ApplicationInstance): string {
  return `${label(instance)}_${instance.hostname}`;
}

/** With the simple mount, the directory is always there, and the cluster starts the instance's service. */
function start(instance: ApplicationInstance, isSimpleMount: boolean): Primitive {
  const { system, name } = instance;
  if (isSimpleMount) {
    return {
      id: `rsc_SAPStartSrv_${label(instance)}`,
      class: "ocf",
      provider: "suse",
      type: "SAPStartSrv",
      attributes: { InstanceName: instanceName(instance) },
    };
  }
  return {
    id: `rsc_fs_${label(instance)}`,
    class: "ocf",
    provider: "heartbeat",
    type: "Filesystem",
    attributes: {
      device: `nfs.sap.example.com:/${system.sid}/${name}`,
      directory: `/usr/sap/${system.sid}/${name}`,
      fstype: "nfs4",
    },
    operations: [monitor("20s", "40s")],
  };
}

function sapInstance(instance: ApplicationInstance, isSimpleMount: boolean): Primitive {
  const isReplicator = instance.kind === "enqueue replicator";
  return {
    id: `rsc_sap_${label(instance)}`,
    class: "ocf",
    provider: "heartbeat",
    type: "SAPInstance",
    attributes: {
      InstanceName: instanceName(instance),
      START_PROFILE: `/sapmnt/${instance.system.sid}/profile/${instanceName(instance)}`,
      AUTOMATIC_RECOVER: "false",
      ...(isReplicator ? { IS_ERS: "true" } : {}),
      ...(isSimpleMount ? { MINIMAL_PROBE: "true" } : {}),
    },
    meta: isReplicator ? { priority: "1000" } : { "resource-stickiness": "5000", priority: "10" },
    operations: [monitor("120", "60")],
  };
}

function group(cluster: Cluster, instance: ApplicationInstance, isSimpleMount: boolean): Resource {
  const { virtualIp: ip } = instance;
  return {
    kind: "group",
    id: `grp_${label(instance)}`,
    primitives: [
      ...(ip === null ? [] : virtualIp(cluster.provider, label(instance), ip)),
      start(instance, isSimpleMount),
      sapInstance(instance, isSimpleMount),
    ],
    placement: startedOn(runningNode(cluster, instance.host)),
  };
}

export function centralServicesContents(
  cluster: Cluster,
  system: SapSystem,
  isSimpleMount: boolean,
): Contents {
  const moved = movedInstances(cluster);
  const runsReplicator = (node: ClusterNode) =>
    moved.some(({ kind, host }) => kind === "enqueue replicator" && runningNode(cluster, host) === node);
  return {
    resources: moved.map((instance) => group(cluster, instance, isSimpleMount)),
    properties: {},
    attributesOf: (node) => ({
      kept: {},
      live: runsReplicator(node) ? { [`runs_ers_${system.sid}`]: "1" } : {},
    }),
    locations: [],
  };
}

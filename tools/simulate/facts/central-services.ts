/** What a host knows of the central services that its cluster moves, and of SAP's own services. */

import { failed, type Value } from "../../agent/facts/value.ts";
import { type Cluster, movedInstances, nodeOf, runningNode } from "../model/cluster.ts";
import { isSameHost, type SimulatedHost } from "../model/host.ts";
import { applicationInstancesOn, clusterOf } from "../model/installation.ts";
import type { ApplicationInstance, SapSystem } from "../model/sap-system.ts";
import type { Gatherer } from "./answer.ts";

function centralServicesOf(
  host: SimulatedHost,
): { cluster: Cluster; system: SapSystem; isSimpleMount: boolean } | null {
  const cluster = clusterOf(host);
  if (cluster === null || cluster.workload.kind !== "central services") return null;
  const { system, isSimpleMount } = cluster.workload;
  return { cluster, system, isSimpleMount };
}

export const ascsersCluster: Gatherer = (host) => {
  const own = centralServicesOf(host);
  const cluster = clusterOf(host);
  if (cluster === null || nodeOf(cluster, host)?.isRunning !== true)
    return failed("ascsers-cluster-cib-error", "error getting cib data");
  if (own === null) return { value: {} };
  return {
    value: {
      [own.system.sid]: {
        ensa_version: own.system.ensa,
        instances: movedInstances(own.cluster).map((instance) => {
          const node = runningNode(own.cluster, instance.host);
          return {
            resource_group: `grp_${own.system.sid}_${instance.name}`,
            resource_instance: `rsc_sap_${own.system.sid}_${instance.name}`,
            sid: own.system.sid,
            name: instance.name,
            instance_number: instance.number,
            virtual_hostname: instance.hostname,
            filesystem_based: !own.isSimpleMount,
            local: node !== null && isSameHost(node.host, host),
          };
        }),
      },
    },
  };
};

function bySid(instances: readonly ApplicationInstance[], of: (one: ApplicationInstance) => Value): Value {
  const grouped = Map.groupBy(instances, ({ system }) => system.sid);
  return Object.fromEntries([...grouped].map(([sid, own]) => [sid, own.map(of)]));
}

export const sapcontrol: Gatherer = (host, argument) => {
  const instances = applicationInstancesOn(host);
  const isClustered = ({ virtualIp }: ApplicationInstance) => virtualIp !== null;
  const nodes = clusterOf(host)?.nodes.map((node) => node.host.hostname) ?? [];
  const outputs = new Map<string, (instance: ApplicationInstance) => Value>([
    [
      "HACheckConfig",
      () => [
        {
          state: "SAPControl-HA-SUCCESS",
          category: "SAPControl-SAP-CONFIGURATION",
          description: "Redundant ABAP instance configuration",
          comment: "2 ABAP instances detected",
        },
      ],
    ],
    [
      "HAGetFailoverConfig",
      (instance) => ({
        ha_active: isClustered(instance),
        ha_product_version: "SUSE Linux Enterprise Server for SAP Applications 15 SP5",
        ha_sap_interface_version: "sap_suse_cluster_connector 3.1.3",
        ha_documentation: "https://www.suse.com/products/sles-for-sap/resource-library/sap-best-practices/",
        ha_active_node: host.hostname,
        ha_nodes: nodes,
      }),
    ],
  ]);
  const output = outputs.get(argument);
  if (output === undefined)
    return failed("sapcontrol-unsupported-function", `error in the arguments: ${argument}`);
  return {
    value: bySid(instances.filter(isClustered), (instance) => ({
      instance_nr: instance.number,
      name: instance.name,
      output: output(instance),
    })),
  };
};

function profileOf({ system, name, number, kind, hostname }: ApplicationInstance): Value {
  const file = `${system.sid}_${name}_${hostname}`;
  return {
    name: file,
    path: `/sapmnt/${system.sid}/profile/${file}`,
    content: {
      SAPSYSTEMNAME: system.sid,
      SAPSYSTEM: number,
      INSTANCE_NAME: name,
      "service/halib": "$(DIR_EXECUTABLE)/saphascriptco.so",
      ...(kind === "central services"
        ? { Restart_Program_00: "local $(_MS) pf=$(_PF)", Start_Program_01: "local $(_ENQ) pf=$(_PF)" }
        : { Start_Program_00: "local $(_ENQR) pf=$(_PF) NR=$(SCSID)" }),
    },
  };
}

function systemsSeenBy(host: SimulatedHost): SapSystem[] {
  const clustered = centralServicesOf(host);
  const own = applicationInstancesOn(host).map(({ system }) => system);
  return [...new Set([...(clustered === null ? [] : [clustered.system]), ...own])];
}

export const sapProfiles: Gatherer = (host) => ({
  value: Object.fromEntries(
    systemsSeenBy(host).map((system) => [system.sid, { profiles: system.instances.map(profileOf) }]),
  ),
});

/** On every node, those that may run there. */
export const sapservices: Gatherer = (host) => {
  const own = centralServicesOf(host);
  const moved = own === null ? [] : movedInstances(own.cluster);
  const fixed = applicationInstancesOn(host).filter(({ virtualIp }) => virtualIp === null);
  return {
    value: [...moved, ...fixed].map(({ system, name, number, hostname }) => ({
      sid: system.sid,
      kind: "sapstartsrv",
      content: `LD_LIBRARY_PATH=/usr/sap/${system.sid}/${name}/exe; export LD_LIBRARY_PATH; /usr/sap/${system.sid}/${name}/exe/sapstartsrv pf=/usr/sap/${system.sid}/SYS/profile/${system.sid}_${name}_${hostname} -D -u ${system.sid.toLowerCase()}adm`,
      instance_nr: number,
    })),
  };
};

export const dispWork: Gatherer = (host) => ({
  value: Object.fromEntries(
    systemsSeenBy(host).map(({ sid }) => [
      sid,
      { compilation_mode: "UNICODE", kernel_release: "753", patch_number: "1010" },
    ]),
  ),
});

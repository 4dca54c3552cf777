/** Hosts that belong together, and what they run. All of it can be asked from any of its hosts. */
import { type Cluster, nodeOf, servingNode } from "./cluster.ts";
import { addressHost, type Database, type DatabaseInstance, instancesOf } from "./database.ts";
import { isSameHost, type SimulatedHost } from "./host.ts";
import type { ApplicationInstance, SapSystem } from "./sap-system.ts";

export interface Installation {
  readonly hosts: SimulatedHost[];
  readonly clusters: Cluster[];
  readonly databases: Database[];
  readonly systems: SapSystem[];
}

export interface Landscape {
  readonly seed: number;
  readonly installations: readonly Installation[];
  readonly hosts: readonly SimulatedHost[];
}

export function clusterOf(host: SimulatedHost): Cluster | null {
  return host.installation.clusters.find((cluster) => nodeOf(cluster, host) !== undefined) ?? null;
}

export function databaseInstancesOn(host: SimulatedHost): DatabaseInstance[] {
  return host.installation.databases
    .flatMap(instancesOf)
    .filter((instance) => isSameHost(instance.host, host) && !instance.isAbsent);
}

export function applicationInstancesOn(host: SimulatedHost): ApplicationInstance[] {
  return host.installation.systems
    .flatMap(({ instances }) => instances)
    .filter((instance) => isSameHost(instance.host, host) && !instance.isAbsent);
}

/** All addresses of a host: its own, those that clusters brought there, and what else it was given. */
export function addressesOf(host: SimulatedHost): string[] {
  const { databases, systems, clusters } = host.installation;
  const isHere = (other: SimulatedHost | undefined) => other !== undefined && isSameHost(host, other);
  const ofDatabases = databases
    .filter((database) => database.isAddressVirtual && isHere(addressHost(database)))
    .map(({ address }) => address);
  const ofInstances = systems
    .flatMap(({ instances }) => instances)
    .flatMap(({ virtualIp, host: at }) => (virtualIp !== null && isHere(at) ? [virtualIp] : []));
  const ofStorage = clusters.flatMap((cluster) =>
    cluster.workload.kind === "storage" && isHere(servingNode(cluster)?.host)
      ? [cluster.workload.virtualIp]
      : [],
  );
  const extra = host.extraAddress === null ? [] : [host.extraAddress];
  return [host.address, ...ofDatabases, ...ofInstances, ...ofStorage, ...extra];
}

/** How things are, which follows from what they run on. */
import type { InstanceStatus } from "../../../domain/instance.ts";
import { type Cluster, isOnline, movedInstances, nodeOf } from "./cluster.ts";
import { type Database, type DatabaseInstance, type Site, secondaryOf } from "./database.ts";
import { isSameHost, type SimulatedHost } from "./host.ts";
import { clusterOf } from "./installation.ts";
import type { ApplicationInstance } from "./sap-system.ts";

/** A cluster whose software is stopped on a node has stopped there what it runs. */
function isStoppedByCluster(host: SimulatedHost): boolean {
  const cluster = clusterOf(host);
  return cluster !== null && nodeOf(cluster, host)?.isRunning === false;
}

export function databaseStatus({ host, site, status }: DatabaseInstance): InstanceStatus {
  if (isStoppedByCluster(host)) return "gray";
  return site.isRunning ? status : "red";
}

export function applicationStatus(instance: ApplicationInstance): InstanceStatus {
  return instance.virtualIp !== null && isStoppedByCluster(instance.host) ? "gray" : instance.status;
}

/** Whether the whole site works, as far as its cluster sees it. */
export function siteWorks({ instances, isRunning }: Site): boolean {
  const reachable = (host: SimulatedHost) => {
    const cluster = clusterOf(host);
    const node = cluster === null ? undefined : nodeOf(cluster, host);
    return node === undefined ? !host.isDown : isOnline(node);
  };
  return isRunning && instances.every(({ host }) => reachable(host));
}

/** Whether the secondary has all that the primary has. */
export function isReplicating(database: Database): boolean {
  const secondary = secondaryOf(database);
  if (secondary === null || secondary.role !== "secondary") return false;
  return siteWorks(database.primary) && siteWorks(secondary);
}

/** Whether each of the instances that the cluster moves runs, and no two on one node. */
export function isDistributed(cluster: Cluster): boolean {
  const hosts = movedInstances(cluster).map(({ host }) => host);
  const isApart = hosts.every((host, index) => !hosts.slice(0, index).some((one) => isSameHost(one, host)));
  return (
    isApart &&
    hosts.every((host) => cluster.nodes.some((node) => isSameHost(node.host, host) && isOnline(node)))
  );
}

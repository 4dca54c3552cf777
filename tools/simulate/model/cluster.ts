/** A cluster of Pacemaker, and what it runs. */
import type { Database } from "./database.ts";
import { isSameHost, type SimulatedHost, type SimulatedProvider } from "./host.ts";
import type { ApplicationInstance, SapSystem } from "./sap-system.ts";

export interface SbdDevice {
  readonly path: string;
  readonly uuid: string;
  isHealthy: boolean;
}

export type Fencing =
  | { readonly kind: "sbd"; readonly devices: readonly SbdDevice[] }
  | { readonly kind: "diskless sbd" }
  | { readonly kind: "agent"; readonly agent: string };

export interface ClusterNode {
  readonly id: number;
  readonly host: SimulatedHost;
  /** Whether the cluster software runs. */
  isRunning: boolean;
  /** Corosync is configured there for less patience than the platform asks for. */
  hasShortToken: boolean;
}

export type Workload =
  | {
      readonly kind: "hana";
      readonly database: Database;
      /** A database that runs on the secondary while it is not needed: optimised for cost. */
      readonly second: Database | null;
    }
  | { readonly kind: "central services"; readonly system: SapSystem; readonly isSimpleMount: boolean }
  | { readonly kind: "storage"; readonly export: string; readonly virtualIp: string };

export interface Cluster {
  /** Hexadecimal: the hash of the corosync key. */
  readonly id: string;
  readonly name: string;
  readonly provider: SimulatedProvider;
  readonly nodes: readonly ClusterNode[];
  readonly fencing: Fencing;
  readonly workload: Workload;
  /** Id of the node that is the designated controller while it can be. */
  readonly controller: number;
  readonly pacemakerVersion: string;
  /** When its configuration was last written. */
  readonly writtenAt: Date;
  isInMaintenance: boolean;
  /** Nobody is fenced. */
  isFencingOff: boolean;
  state: "S_IDLE" | "S_TRANSITION_ENGINE";
}

export function isOnline({ host, isRunning }: ClusterNode): boolean {
  return isRunning && !host.isDown;
}

export function nodeOf(cluster: Cluster, host: SimulatedHost): ClusterNode | undefined {
  return cluster.nodes.find((node) => isSameHost(node.host, host));
}

/** @returns null where no node is online */
export function controllerOf({ nodes, controller }: Cluster): ClusterNode | null {
  const online = nodes.filter(isOnline);
  return online.find(({ id }) => id === controller) ?? online[0] ?? null;
}

/** The node on which something of this host runs, if it can run at all. */
export function runningNode(cluster: Cluster, host: SimulatedHost | undefined): ClusterNode | null {
  const node = host && nodeOf(cluster, host);
  return node !== undefined && isOnline(node) ? node : null;
}

/** Where the storage of a storage cluster is served. */
export function servingNode({ nodes }: Cluster): ClusterNode | null {
  return nodes.find(isOnline) ?? null;
}

/** The instances that the cluster moves from node to node. */
export function movedInstances({ workload }: Cluster): ApplicationInstance[] {
  if (workload.kind !== "central services") return [];
  return workload.system.instances.filter(({ virtualIp }) => virtualIp !== null);
}

export function isMajorityMaker({ workload }: Cluster, { host }: ClusterNode): boolean {
  if (workload.kind !== "hana") return false;
  const { sites } = workload.database;
  return !sites.some(({ instances }) => instances.some((instance) => isSameHost(instance.host, host)));
}

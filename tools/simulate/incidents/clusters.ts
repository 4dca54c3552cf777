/** What happens to clusters and their nodes. */
import {
  type Cluster,
  type ClusterNode,
  isMajorityMaker,
  isOnline,
  movedInstances,
} from "../model/cluster.ts";
import { secondaryOf } from "../model/database.ts";
import { isSameHost } from "../model/host.ts";
import type { Installation } from "../model/installation.ts";
import { type Incident, planForOne } from "./incident.ts";

interface Member {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
}

/** Nodes that can be missed: nothing has to move when they go. */
function spareNodes(cluster: Cluster): ClusterNode[] {
  const { workload, nodes } = cluster;
  if (!nodes.every(isOnline)) return [];
  switch (workload.kind) {
    case "hana": {
      const hosts = secondaryOf(workload.database)?.instances.map(({ host }) => host) ?? [];
      return nodes.filter(
        (node) => isMajorityMaker(cluster, node) || hosts.some((host) => isSameHost(host, node.host)),
      );
    }
    case "central services": {
      const replicator = movedInstances(cluster).find(({ kind }) => kind === "enqueue replicator");
      return nodes.filter(({ host }) => replicator !== undefined && isSameHost(replicator.host, host));
    }
    case "storage":
      return nodes.slice(1);
  }
}

function spareMembers({ clusters }: Installation): Member[] {
  return clusters.flatMap((cluster) => spareNodes(cluster).map((node) => ({ cluster, node })));
}

export const nodeLost: Incident = {
  name: "node-lost",
  description: "a node of a cluster is switched off, and its agent is silent",
  plan: (stage) =>
    planForOne(stage, spareMembers, ({ cluster, node: { host } }) => [
      {
        line: `${host.hostname} is lost; the cluster ${cluster.name} sees it offline`,
        change: () => {
          host.isDown = true;
        },
      },
      {
        line: `${host.hostname} is back in the cluster ${cluster.name}`,
        change: () => {
          host.isDown = false;
        },
      },
    ]),
};

export const nodeStopped: Incident = {
  name: "cluster-stopped",
  description: "the cluster software is stopped on a node, and what it ran there stops",
  plan: (stage) =>
    planForOne(stage, spareMembers, ({ cluster, node }) => [
      {
        line: `the cluster ${cluster.name} is stopped on ${node.host.hostname}`,
        change: () => {
          node.isRunning = false;
        },
      },
      {
        line: `the cluster ${cluster.name} is started on ${node.host.hostname}`,
        change: () => {
          node.isRunning = true;
        },
      },
    ]),
};

export const maintenance: Incident = {
  name: "maintenance",
  description: "a cluster is put into maintenance mode",
  plan: (stage) =>
    planForOne(
      stage,
      ({ clusters }) => clusters,
      (cluster) => [
        {
          line: `the cluster ${cluster.name} is in maintenance`,
          change: () => {
            cluster.isInMaintenance = true;
          },
        },
        {
          line: `the maintenance of the cluster ${cluster.name} is over`,
          change: () => {
            cluster.isInMaintenance = false;
          },
        },
      ],
    ),
};

export const sbdBroken: Incident = {
  name: "sbd-broken",
  description: "an SBD device of a cluster cannot be read",
  plan: (stage) =>
    planForOne(
      stage,
      ({ clusters }) =>
        clusters.flatMap((cluster) =>
          cluster.fencing.kind === "sbd"
            ? cluster.fencing.devices.map((device) => ({ cluster, device }))
            : [],
        ),
      ({ cluster, device }) => [
        {
          line: `the SBD device ${device.path} of the cluster ${cluster.name} cannot be read`,
          change: () => {
            device.isHealthy = false;
          },
        },
        {
          line: `the SBD device ${device.path} of the cluster ${cluster.name} is repaired`,
          change: () => {
            device.isHealthy = true;
          },
        },
      ],
    ),
};

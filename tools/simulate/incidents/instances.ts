/** What happens to instances of databases and SAP systems. */
import type { InstanceStatus } from "../../../domain/instance.ts";
import { type Cluster, isOnline, movedInstances } from "../model/cluster.ts";
import { type DatabaseInstance, instancesOf } from "../model/database.ts";
import type { Installation } from "../model/installation.ts";
import type { ApplicationInstance } from "../model/sap-system.ts";
import { type Incident, planForOne, type Step } from "./incident.ts";

type AnyInstance = ApplicationInstance | DatabaseInstance;

function labelOf(instance: AnyInstance): string {
  return "system" in instance
    ? `${instance.name} of ${instance.system.sid}`
    : `HDB${instance.database.number} of ${instance.database.sid}`;
}

/** Instances that no cluster watches: it would do something about them. */
function unwatched({ databases, systems, clusters }: Installation): AnyInstance[] {
  const isClustered = (instance: DatabaseInstance) =>
    clusters.some(
      ({ workload }) =>
        workload.kind === "hana" &&
        (workload.database === instance.database || workload.second === instance.database),
    );
  return [
    ...databases.flatMap(instancesOf).filter((instance) => !isClustered(instance)),
    ...systems.flatMap(({ instances }) => instances.filter(({ virtualIp }) => virtualIp === null)),
  ];
}

function statusSteps(instance: AnyInstance, status: InstanceStatus, words: string): Step[] {
  return [
    {
      line: `${labelOf(instance)} on ${instance.host.hostname} ${words}`,
      change: () => {
        instance.status = status;
      },
    },
    {
      line: `${labelOf(instance)} on ${instance.host.hostname} runs again`,
      change: () => {
        instance.status = "green";
      },
    },
  ];
}

export const instanceStopped: Incident = {
  name: "instance-stopped",
  description: "an instance stops: gray",
  plan: (stage) => planForOne(stage, unwatched, (instance) => statusSteps(instance, "gray", "stops")),
};

export const instanceFailed: Incident = {
  name: "instance-failed",
  description: "a process of an instance fails: red",
  plan: (stage) => planForOne(stage, unwatched, (instance) => statusSteps(instance, "red", "has an error")),
};

export const instanceAbsent: Incident = {
  name: "instance-absent",
  description: "an application server is gone from its host",
  plan: (stage) =>
    planForOne(
      stage,
      ({ systems }) =>
        systems.flatMap(({ instances }) => instances.filter(({ kind }) => kind === "application server")),
      (instance) => [
        {
          line: `${labelOf(instance)} is gone from ${instance.host.hostname}`,
          change: () => {
            instance.isAbsent = true;
          },
        },
        {
          line: `${labelOf(instance)} is on ${instance.host.hostname} again`,
          change: () => {
            instance.isAbsent = false;
          },
        },
      ],
    ),
};

/** The two never stay on one node: the replicated locks go where the central services came from. */
function exchange(one: ApplicationInstance, other: ApplicationInstance): void {
  [one.host, other.host] = [other.host, one.host];
}

function pairsOf(clusters: readonly Cluster[]): [ApplicationInstance, ApplicationInstance][] {
  return clusters.flatMap((cluster) => {
    const [central, replicator] = movedInstances(cluster);
    if (central === undefined || replicator === undefined || !cluster.nodes.every(isOnline)) return [];
    return [[central, replicator]];
  });
}

export const ascsMoved: Incident = {
  name: "ascs-moved",
  description: "central services are moved to the other node of their cluster",
  plan: (stage) =>
    planForOne(
      stage,
      ({ clusters }) => pairsOf(clusters),
      ([central, replicator]) => [
        {
          line: `${labelOf(central)} moves from ${central.host.hostname} to ${replicator.host.hostname}`,
          change: () => exchange(central, replicator),
        },
        {
          line: `${labelOf(central)} moves back to ${central.host.hostname}`,
          change: () => exchange(central, replicator),
        },
      ],
    ),
};

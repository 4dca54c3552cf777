/** What the people of a simulated landscape have checked: whatever concerns each cluster and each host. */

import { ownCatalogue } from "../../checks/own-catalogue.ts";
import { matchesMetadata } from "../../checks/selection/applies.ts";
import { clusterIdOf } from "../../domain/discovery/ids.ts";
import { type Cluster, isMajorityMaker, nodeOf } from "./model/cluster.ts";
import type { SimulatedHost } from "./model/host.ts";
import type { Landscape } from "./model/installation.ts";

export interface CheckedGroup {
  readonly type: "host" | "cluster";
  readonly id: string;
  readonly name: string;
  readonly hosts: readonly SimulatedHost[];
  readonly cluster: Cluster | null;
  attributesOf(host: SimulatedHost): Readonly<Record<string, boolean>>;
}

/** Clusters that run SAP, and all hosts. */
export function targetsOf({ hosts, installations }: Landscape): CheckedGroup[] {
  const clusters = installations
    .flatMap((installation) => installation.clusters)
    .filter(({ workload }) => workload.kind !== "storage");
  return [
    ...clusters.map(
      (cluster): CheckedGroup => ({
        type: "cluster",
        id: clusterIdOf(cluster.id),
        name: cluster.name,
        hosts: cluster.nodes.map(({ host }) => host),
        cluster,
        attributesOf: (host) => {
          const node = nodeOf(cluster, host);
          if (cluster.workload.kind !== "hana" || node === undefined) return {};
          return { is_majority_maker: isMajorityMaker(cluster, node) };
        },
      }),
    ),
    ...hosts.map(
      (host): CheckedGroup => ({
        type: "host",
        id: host.id,
        name: host.hostname,
        hosts: [host],
        cluster: null,
        attributesOf: () => ({}),
      }),
    ),
  ];
}

function clusterType({ workload }: Cluster): string {
  if (workload.kind === "central services") return "ascs_ers";
  return workload.kind === "hana" && workload.database.topology === "scale-out"
    ? "hana_scale_out"
    : "hana_scale_up";
}

export function environmentOf({ type, hosts, cluster }: CheckedGroup): Record<string, string> {
  if (cluster === null)
    return { target_type: type, arch: "x86_64", provider: hosts[0]?.provider ?? "unknown" };
  return { target_type: type, provider: cluster.provider, cluster_type: clusterType(cluster) };
}

/** Checks of SBD are for clusters that fence with it, and on disks. */
function isFencedBySbd({ cluster }: CheckedGroup): boolean {
  return cluster?.fencing.kind === "sbd";
}

const NEEDS_SBD = new Set(
  ownCatalogue.checks
    .filter(({ group, facts }) => group === "SBD" || facts.some(({ argument }) => argument === "sbd.service"))
    .map(({ id }) => id),
);
/** Without disks there is no fencing device in the cluster's configuration. */
const NEEDS_DEVICE = "ED6E10";
/** Hosts that nobody has tuned are known. */
const NEEDS_TUNING = new Set(["ED6E2B"]);

export function checksFor(group: CheckedGroup): string[] {
  const env = environmentOf(group);
  return ownCatalogue.checks
    .filter((check) => matchesMetadata(check, env))
    .map(({ id }) => id)
    .filter((id) => !NEEDS_SBD.has(id) || isFencedBySbd(group))
    .filter((id) => id !== NEEDS_DEVICE || group.cluster?.fencing.kind !== "diskless sbd")
    .filter((id) => !NEEDS_TUNING.has(id) || group.hosts.every(({ tuning }) => tuning === "compliant"));
}

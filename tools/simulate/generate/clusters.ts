/** Clusters of hosts, each fenced as is usual where it runs. */
import type { Cluster, Fencing, Workload } from "../model/cluster.ts";
import type { SimulatedHost, SimulatedProvider } from "../model/host.ts";
import type { Draft } from "./draft.ts";

type Way = "sbd" | "three sbd" | "diskless sbd" | `agent ${string}`;

const ways: Readonly<Record<SimulatedProvider, readonly [Way, ...Way[]]>> = {
  azure: ["three sbd", "agent fence_azure_arm", "sbd"],
  aws: ["agent external/ec2"],
  gcp: ["agent fence_gce"],
  kvm: ["sbd", "diskless sbd"],
  nutanix: ["sbd", "three sbd"],
  vmware: ["sbd", "diskless sbd"],
};

function fencingOf(draft: Draft, name: string): Fencing {
  const way = draft.inTurn(ways[draft.options.provider], draft.installation.clusters.length);
  if (way === "diskless sbd") return { kind: way };
  if (way !== "sbd" && way !== "three sbd") return { kind: "agent", agent: way.slice("agent ".length) };
  const count = way === "sbd" ? 1 : 3;
  return {
    kind: "sbd",
    devices: Array.from({ length: count }, (_, index) => ({
      path: `/dev/disk/by-id/scsi-3${draft.hex(`${name}/disk/${index}`)}`,
      uuid: draft.id(`${draft.options.index}/${name}/sbd/${index}`),
      isHealthy: true,
    })),
  };
}

export function addCluster(
  draft: Draft,
  name: string,
  hosts: readonly SimulatedHost[],
  workload: Workload,
): Cluster {
  const { random, provider } = draft.options;
  const cluster: Cluster = {
    id: draft.hex(`cluster/${name}`),
    name,
    provider,
    nodes: hosts.map((host, index) => ({ id: index + 1, host, isRunning: true, hasShortToken: false })),
    fencing: fencingOf(draft, name),
    workload,
    controller: random.whole(1, hosts.length),
    pacemakerVersion: random.pick(["2.1.2", "2.1.5", "2.1.7"]),
    writtenAt: new Date(
      Date.UTC(2026, random.whole(0, 9), random.whole(1, 28), random.whole(0, 23), random.whole(0, 59)),
    ),
    isInMaintenance: false,
    isFencingOff: false,
    state: "S_IDLE",
  };
  draft.installation.clusters.push(cluster);
  return cluster;
}

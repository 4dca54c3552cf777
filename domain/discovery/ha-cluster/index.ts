/** `ha_cluster_discovery` → RegisterOnlineClusterHost or RegisterOfflineClusterHost, after leaving another cluster. */
import type { ClusterDetails, ClusteredInstance } from "../../cluster/details.ts";
import type { ClusterCommand } from "../../cluster/index.ts";
import { clusterIdOf } from "../ids.ts";
import type { Issue } from "../issue.ts";
import { originalPath, snakeCase } from "../keys.ts";
import { readAs } from "../leniently.ts";
import {
  type AgentMemory,
  commands,
  commandsWithout,
  invalid,
  type Policy,
  type PolicyResult,
} from "../policy.ts";
import { ascsErsDetails } from "./ascs-ers.ts";
import { excessOf } from "./excess.ts";
import { hanaDetails } from "./hana.ts";
import { clusteredInstances } from "./instances.ts";
import { type KnownCluster, knownCluster } from "./known-cluster.ts";
import { onlineSchema, presenceSchema } from "./payload.ts";
import { type ClusterKind, kindOf } from "./type.ts";

function leaving(agentId: string, memory: AgentMemory, joined: string | null): ClusterCommand[] {
  if (memory.clusterId === null || memory.clusterId === joined) return [];
  return [
    {
      type: "DeregisterClusterHost",
      data: { cluster_id: memory.clusterId, host_id: agentId, deregistered_at: memory.now },
    },
  ];
}

function detailsOf(
  cluster: KnownCluster,
  kind: ClusterKind,
  instances: readonly ClusteredInstance[],
): ClusterDetails | "no fencing" | null {
  switch (kind.type) {
    case "hana_scale_up":
    case "hana_scale_out":
      return hanaDetails(cluster, kind, instances) ?? "no fencing";
    case "ascs_ers":
      return ascsErsDetails(cluster, instances) ?? "no fencing";
    default:
      return null;
  }
}

function online(agentId: string, payload: unknown, memory: AgentMemory): PolicyResult {
  const read = readAs(onlineSchema, payload, snakeCase);
  if (!read.ok) return invalid(read.issues);
  const cluster = knownCluster(read.data);
  const kind = kindOf(cluster);
  const sap_instances = clusteredInstances(cluster);
  const excess = excessOf(cluster, sap_instances);
  if (excess !== null) return invalidAsSent(payload, [excess]);
  const details = detailsOf(cluster, kind, sap_instances);
  if (details === "no fencing") {
    return invalidAsSent(payload, [
      { path: ["sbd"], message: "tells of no fencing: fencing_type can't be blank" },
    ]);
  }
  const cluster_id = clusterIdOf(cluster.id);
  const { summary } = cluster.crmmon;
  return commandsWithout(read.dropped, ...leaving(agentId, memory, cluster_id), {
    type: "RegisterOnlineClusterHost",
    data: {
      cluster_id,
      host_id: agentId,
      name: cluster.name,
      type: kind.type,
      provider: cluster.provider,
      designated_controller: cluster.dc,
      resources_number: summary.resources.number,
      hosts_number: summary.nodes.number,
      state: cluster.state,
      details,
      sap_instances,
      cib_last_written: summary.last_change.time,
    },
  });
}

function invalidAsSent(payload: unknown, issues: readonly Issue[]): PolicyResult {
  return invalid(issues.map((issue) => ({ ...issue, path: originalPath(payload, issue.path, snakeCase) })));
}

export const haClusterPolicy: Policy = (agentId, payload, memory) => {
  if (payload === null) return commands(...leaving(agentId, memory, null));
  const told = readAs(presenceSchema, payload, snakeCase);
  if (!told.ok) return invalid(told.issues);
  if (told.data.online) return online(agentId, payload, memory);
  const { id, name } = told.data;
  const cluster_id = clusterIdOf(id);
  return commandsWithout(told.dropped, ...leaving(agentId, memory, cluster_id), {
    type: "RegisterOfflineClusterHost",
    data: { cluster_id, host_id: agentId, name },
  });
};

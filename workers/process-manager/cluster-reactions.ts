/** What follows from the events of a cluster. */
import { inBatches } from "../../durable-objects/batches.ts";
import { checksGroupStub } from "../../durable-objects/checks-group.ts";
import { clusterStub, LATEST } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import type { StoredClusterEvent } from "../subscription/typed-events.ts";

/**
 * The designated controller may change from host to host and back before either says anything else: the first then repeats
 * what the cluster has long forgotten, and its agent must not take that for what is in force.
 */
async function doubtOthers(event: StoredClusterEvent, env: Bindings): Promise<void> {
  const { state } = await clusterStub(env, event.data.cluster_id).stateAt(LATEST);
  const others = state.hosts.filter((host) => event.metadata.actor !== `agent:${host}`);
  await inBatches(others, (host) => env.AGENT.getByName(host).doubtCluster());
}

export async function reactToCluster(event: StoredClusterEvent, env: Bindings): Promise<void> {
  const { cluster_id } = event.data;
  switch (event.type) {
    case "ClusterDetailsUpdated":
      return doubtOthers(event, env);
    case "ChecksSelected":
    case "ClusterRestored":
      return checksGroupStub(env, cluster_id).reschedule({ type: "cluster", id: cluster_id });
    default:
      return;
  }
}

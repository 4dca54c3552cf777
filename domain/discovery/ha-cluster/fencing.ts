/** How a cluster fences its nodes, and whether it is being maintained. */
import type { OnlineCluster } from "./payload.ts";
import { clusterProperty, placedResources } from "./resources.ts";

const STONITH = "stonith:";

/** @returns null when nothing tells: such a cluster cannot be described */
export function fencingType(cluster: OnlineCluster): string | null {
  const agent = placedResources(cluster)
    .map(({ resource }) => resource.agent)
    .find((name) => name.startsWith(STONITH));
  if (agent !== undefined) return agent.slice(STONITH.length);
  const { config, devices } = cluster.sbd;
  if (config.sbd_device !== null) return "Unknown";
  return config.sbd_watchdog_dev !== null && devices.length === 0 ? "Diskless SBD" : null;
}

export function isInMaintenance(cluster: OnlineCluster): boolean {
  return clusterProperty(cluster, "maintenance-mode") === "true";
}

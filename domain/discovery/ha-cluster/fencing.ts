/** How a cluster fences its nodes, and whether it is being maintained. */
import type { KnownCluster } from "./known-cluster.ts";

const STONITH = "stonith:";

/** @returns null when nothing tells: such a cluster cannot be described */
export function fencingType({ placed, sbd }: KnownCluster): string | null {
  const fence = placed.find(({ resource }) => resource.agent.startsWith(STONITH));
  if (fence !== undefined) return fence.resource.agent.slice(STONITH.length);
  const { config, devices } = sbd;
  if (config.sbd_device !== null) return "Unknown";
  return config.sbd_watchdog_dev !== null && devices.length === 0 ? "Diskless SBD" : null;
}

export function isInMaintenance(cluster: KnownCluster): boolean {
  return cluster.property("maintenance-mode") === "true";
}

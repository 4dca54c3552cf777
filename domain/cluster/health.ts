/** Health of a cluster (rules 5, 6 and 7). */
import { aggregateHealth, type Health } from "../health.ts";
import type { ClusterDescription } from "./commands.ts";
import { type ClusterDetails, isHana, type SbdDevice } from "./details.ts";
import type { ClusterHealthDetails } from "./state.ts";

/** Healthy replication, as SAPHanaSR's landscape status and its sync state tell it. */
const HEALTHY_LANDSCAPE = "4";
const IN_SYNC = "SOK";

function sbdHealth(devices: readonly SbdDevice[]): Health {
  if (devices.length === 0) return "unknown";
  return devices.every(({ status }) => status === "healthy") ? "passing" : "critical";
}

/** Health details of the same kind as the cluster's details; what was known of checks and devices is kept. */
export function healthDetailsFor(
  details: ClusterDetails | null,
  before: ClusterHealthDetails,
): ClusterHealthDetails {
  if (details === null) return null;
  const common = {
    checks_health: before?.checks_health ?? "unknown",
    sbd_health: before?.sbd_health ?? "unknown",
  };
  if (isHana(details)) {
    const known = before !== null && "replication_health" in before ? before.replication_health : "unknown";
    return { ...common, replication_health: known };
  }
  const known = before !== null && "distributed_health" in before ? before.distributed_health : "unknown";
  return { ...common, distributed_health: known };
}

/** Rule 6: what follows from the details. A stopped cluster has details, but nothing of them is known to hold (rule 5). */
export function derivedHealth(
  { details, state }: Pick<ClusterDescription, "details" | "state">,
  before: ClusterHealthDetails,
): ClusterHealthDetails {
  const known = healthDetailsFor(details, before);
  if (known === null || details === null) return null;
  const isStopped = state === "stopped";
  const sbd_health = isStopped ? "unknown" : sbdHealth(details.sbd_devices);
  if (isHana(details)) {
    const isReplicating =
      details.sr_health_state === HEALTHY_LANDSCAPE && details.secondary_sync_state === IN_SYNC;
    const replication_health = isStopped ? "unknown" : isReplicating ? "passing" : "critical";
    return { checks_health: known.checks_health, sbd_health, replication_health };
  }
  const isDistributed = details.sap_systems.every(({ distributed }) => distributed);
  const distributed_health = isStopped ? "unknown" : isDistributed ? "passing" : "critical";
  return { checks_health: known.checks_health, sbd_health, distributed_health };
}

/** Rule 7: checks and devices count unless `unknown`; replication or distribution always counts. */
export function clusterHealth(details: ClusterHealthDetails): Health {
  if (details === null) return "unknown";
  const judged: Health[] = [
    "replication_health" in details ? details.replication_health : details.distributed_health,
  ];
  if (details.checks_health !== "unknown") judged.push(details.checks_health);
  if (details.sbd_health !== "unknown") judged.push(details.sbd_health);
  return aggregateHealth(judged);
}

/** How grave what an entry of the activity log tells is. */
import { z } from "zod";

export const severitySchema = z.enum(["debug", "info", "warning", "critical"]);
export type Severity = z.infer<typeof severitySchema>;

/** As Trento stores them: the numbers of OpenTelemetry. */
export const severityNumbers: Readonly<Record<Severity, number>> = {
  debug: 5,
  info: 9,
  warning: 13,
  critical: 21,
};

/** Named by the range that a number is in, as of an error (17), which nothing here has. */
export function severityOfNumber(number: number): Severity {
  if (number >= severityNumbers.critical) return "critical";
  if (number >= severityNumbers.warning) return "warning";
  return number >= severityNumbers.info ? "info" : "debug";
}

const debug: ReadonlySet<string> = new Set([
  "heartbeat_succeeded",
  "provider_updated",
  "cluster_details_updated",
  "host_added_to_cluster",
  "host_removed_from_cluster",
  "host_deregistration_requested",
  "sles_subscriptions_updated",
  "software_updates_discovery_requested",
  "software_updates_discovery_cleared",
]);
const debugEnds = /_(rolled_up|roll_up_requested|tombstoned|marked_stale|marked_in_sync)$/;

const warning: ReadonlySet<string> = new Set([
  "heartbeat_failed",
  "discovery_refused",
  "database_instance_system_replication_changed",
  "cluster_checks_selected",
  "host_checks_selected",
  "check_customization_applied",
  "clearing_suma_settings",
]);
const warningEnds = /_(deregistered|marked_absent|cleanup_requested|deletion)$/;

/** Of these an unknown health is nothing to worry about: it follows from what was told of already. */
const calmlyUnknown: ReadonlySet<string> = new Set([
  "database_health_changed",
  "sap_system_database_health_changed",
]);

type Metadata = Readonly<Record<string, unknown>>;

function ofHealth(type: string, metadata: Metadata): Severity {
  const key = Object.keys(metadata).find((name) => name.endsWith("health"));
  switch (key === undefined ? undefined : metadata[key]) {
    case "critical":
      return "critical";
    case "warning":
      return "warning";
    case "unknown":
      return calmlyUnknown.has(type) ? "info" : "warning";
    default:
      return "info";
  }
}

function ofColour({ status }: Metadata): Severity {
  if (status === "red") return "critical";
  return status === "yellow" ? "warning" : "info";
}

/** @param type as it stands in the log, e.g. `host_health_changed` */
export function severityOf(type: string, metadata: Metadata): Severity {
  // Trento has no rule for it: what it follows from is told of by entries of their own.
  if (type === "sap_system_health_changed") return "info";
  if (type.endsWith("_health_changed")) return ofHealth(type, metadata);
  if (type.endsWith("_instance_status_changed")) return ofColour(metadata);
  if (type === "login_attempt") return metadata.reason === undefined ? "info" : "warning";
  if (type === "operation_completed")
    return metadata.result === "updated" || metadata.result === "not_updated" ? "info" : "critical";
  if (debug.has(type) || debugEnds.test(type)) return "debug";
  if (warning.has(type) || warningEnds.test(type)) return "warning";
  return "info";
}

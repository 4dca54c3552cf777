/** When a cluster's configuration was last written, as its controller says. */
import type { DiscoveredCommand } from "../../domain/discovery/policy.ts";

/** Told beside the events, since it changes with every write. */
export interface CibWritten {
  readonly clusterId: string;
  readonly cibLastWritten: string;
  /** When it was told, in milliseconds. */
  readonly toldAt: number;
}

/** By the controller, as all that is told of the cluster as a whole: others may see an older configuration. */
export function cibOf(commands: readonly DiscoveredCommand[], toldAt: number): CibWritten | null {
  const command = commands.find(({ type }) => type === "RegisterOnlineClusterHost");
  if (command?.type !== "RegisterOnlineClusterHost") return null;
  const { cluster_id: clusterId, cib_last_written: cibLastWritten, designated_controller } = command.data;
  return designated_controller && cibLastWritten !== null ? { clusterId, cibLastWritten, toldAt } : null;
}

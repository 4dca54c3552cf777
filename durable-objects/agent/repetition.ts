/** Tells whether two discoveries ask for the same, whatever else is in them. */
import type { DiscoveredCommand } from "../../domain/discovery/policy.ts";

/**
 * Times are no difference: that of a cluster's configuration is told beside the events, and since when an instance is absent
 * is decided when it is told first.
 */
function withoutTimes(command: DiscoveredCommand): DiscoveredCommand {
  switch (command.type) {
    case "RegisterOnlineClusterHost":
      return { ...command, data: { ...command.data, cib_last_written: null } };
    case "MarkApplicationInstanceAbsent":
      return { ...command, data: { ...command.data, absent_at: "" } };
    case "MarkDatabaseInstanceAbsent":
      return { ...command, data: { ...command.data, absent_at: "" } };
    default:
      return command;
  }
}

export async function digestOf(commands: readonly DiscoveredCommand[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(commands.map(withoutTimes)));
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("base64");
}

/** Tells whether two discoveries ask for the same, whatever else is in them. */
import type { DiscoveredCommand } from "../../domain/discovery/policy.ts";

/** The time at which a cluster's configuration was written is told beside the events: it is no difference. */
function withoutTimes(command: DiscoveredCommand): DiscoveredCommand {
  if (command.type !== "RegisterOnlineClusterHost") return command;
  return { ...command, data: { ...command.data, cib_last_written: null } };
}

export async function digestOf(commands: readonly DiscoveredCommand[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(commands.map(withoutTimes)));
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("base64");
}

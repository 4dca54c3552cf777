/** Saptune status and the health that follows from it (rule 7). */
import { dequal } from "dequal/lite";
import type { UpdateSaptuneStatus } from "./commands.ts";
import type { HostEvent } from "./events.ts";
import { type SaptuneStatus, saptuneHealth, saptuneStatusOfPackage } from "./saptune.ts";
import type { HostState } from "./state.ts";

/** An installed saptune too old to print its status is known by its package version alone. */
function statusAfter(command: UpdateSaptuneStatus, stored: SaptuneStatus | null): SaptuneStatus | null {
  const { saptune_installed, package_version, status } = command.data;
  if (!saptune_installed || status !== null) return status;
  return stored?.package_version === package_version ? stored : saptuneStatusOfPackage(package_version);
}

export function decideSaptune(command: UpdateSaptuneStatus, state: HostState): HostEvent[] {
  const { host_id, sap_running } = command.data;
  const events: HostEvent[] = [];
  const status = statusAfter(command, state.saptune_status);
  if (!dequal(status, state.saptune_status))
    events.push({ type: "SaptuneStatusUpdated", data: { host_id, status } });
  const health = saptuneHealth(sap_running, status);
  if (health !== state.health_details.saptune_health) {
    events.push({ type: "HostSaptuneHealthChanged", data: { host_id, saptune_health: health } });
  }
  return events;
}

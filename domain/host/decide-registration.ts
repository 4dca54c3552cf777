/** Registration, change and restoration of a host (rules 2, 3 and 4). */
import type { RegisterHost } from "./commands.ts";
import { descriptionOf, sameDescription, sameDescriptionButBoot } from "./description.ts";
import type { HostEvent } from "./events.ts";
import type { HostState } from "./state.ts";

/** Software updates are looked up by the fully qualified name: a new name asks for a look-up, a lost one clears it. */
function softwareUpdatesEvents(hostId: string, before: string | null, after: string | null): HostEvent[] {
  if (before === after) return [];
  if (after === null) return [{ type: "SoftwareUpdatesDiscoveryCleared", data: { host_id: hostId } }];
  return [
    {
      type: "SoftwareUpdatesDiscoveryRequested",
      data: { host_id: hostId, fully_qualified_domain_name: after },
    },
  ];
}

export function decideRegistration(command: RegisterHost, state: HostState): HostEvent[] {
  const { data } = command;
  const { host_id } = data;
  const fqdn = data.fully_qualified_domain_name;
  const details: HostEvent = { type: "HostDetailsUpdated", data: { host_id, ...descriptionOf(data) } };

  if (state.description === null) {
    return [
      { type: "HostRegistered", data: { host_id, ...descriptionOf(data), heartbeat: "unknown" } },
      ...softwareUpdatesEvents(host_id, null, fqdn),
    ];
  }
  if (state.deregistered_at !== null) {
    const changed = sameDescriptionButBoot(state.description, data) ? [] : [details];
    return [
      { type: "HostRestored", data: { host_id } },
      ...changed,
      ...softwareUpdatesEvents(host_id, null, fqdn),
    ];
  }
  if (sameDescription(state.description, data)) return [];
  return [details, ...softwareUpdatesEvents(host_id, state.description.fully_qualified_domain_name, fqdn)];
}

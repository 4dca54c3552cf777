/** What a host answers to a command. */
import { dequal } from "dequal/lite";
import { accept, type Decision, refuse } from "../decider.ts";
import type { HostCommand, HostRefusal } from "./commands.ts";
import { decideRegistration } from "./decide-registration.ts";
import { decideSaptune } from "./decide-saptune.ts";
import type { HostEvent } from "./events.ts";
import { evolveHost } from "./evolve.ts";
import { hostHealth } from "./health.ts";
import type { HostState } from "./state.ts";

/** Decides on a registered host; the result leaves out the host's own health, which follows from the events. */
function decideRegistered(
  command: Exclude<HostCommand, { type: "RollUpHost" }>,
  state: HostState,
): HostEvent[] {
  const { host_id } = command.data;
  switch (command.type) {
    case "RegisterHost":
      return decideRegistration(command, state);
    case "UpdateHeartbeat":
      if (state.heartbeat === command.data.heartbeat) return [];
      return [
        {
          type: command.data.heartbeat === "passing" ? "HeartbeatSucceeded" : "HeartbeatFailed",
          data: { host_id },
        },
      ];
    case "UpdateProvider": {
      const { provider, provider_data } = command.data;
      if (state.provider === provider && dequal(state.provider_data, provider_data)) return [];
      return [{ type: "ProviderUpdated", data: { host_id, provider, provider_data } }];
    }
    case "UpdateSlesSubscriptions":
      if (dequal(state.subscriptions, command.data.subscriptions)) return [];
      return [
        { type: "SlesSubscriptionsUpdated", data: { host_id, subscriptions: command.data.subscriptions } },
      ];
    case "UpdateSaptuneStatus":
      return decideSaptune(command, state);
    case "SelectHostChecks":
      return [{ type: "HostChecksSelected", data: { host_id, checks: command.data.checks } }];
    case "CompleteHostChecksExecution":
      if (state.health_details.checks_health === command.data.health) return [];
      return [{ type: "HostChecksHealthChanged", data: { host_id, checks_health: command.data.health } }];
    case "CompleteSoftwareUpdatesDiscovery":
      if (state.health_details.software_updates_discovery_health === command.data.health) return [];
      return [{ type: "SoftwareUpdatesHealthChanged", data: { host_id, health: command.data.health } }];
    case "ClearSoftwareUpdatesDiscovery":
      if (state.health_details.software_updates_discovery_health === "not_set") return [];
      return [{ type: "SoftwareUpdatesDiscoveryCleared", data: { host_id } }];
    case "RequestHostDeregistration":
      return [
        { type: "HostDeregistrationRequested", data: { host_id, requested_at: command.data.requested_at } },
      ];
    case "DeregisterHost":
      return [
        { type: "SoftwareUpdatesDiscoveryCleared", data: { host_id } },
        { type: "HostDeregistered", data: { host_id, deregistered_at: command.data.deregistered_at } },
        { type: "HostTombstoned", data: { host_id } },
      ];
  }
}

/** Rule 10: the host's health follows whatever changed one of its parts. A host that is gone has no health to tell. */
function withHealth(hostId: string, state: HostState, events: readonly HostEvent[]): HostEvent[] {
  const after = events.reduce(evolveHost, state);
  const health = hostHealth(after.health_details);
  if (after.deregistered_at !== null || health === after.health) return [...events];
  return [...events, { type: "HostHealthChanged", data: { host_id: hostId, health } }];
}

export function decideHost(command: HostCommand, state: HostState): Decision<HostEvent, HostRefusal> {
  const { host_id } = command.data;
  if (state.rolling_up) return refuse("host_rolling_up");
  if (state.description === null && command.type !== "RegisterHost") return refuse("host_not_registered");
  if (command.type === "RollUpHost") {
    return accept<HostEvent>({ type: "HostRollUpRequested", data: { host_id, snapshot: state } });
  }
  if (state.deregistered_at !== null && command.type !== "RegisterHost") return refuse("host_not_registered");
  return accept(...withHealth(host_id, state, decideRegistered(command, state)));
}

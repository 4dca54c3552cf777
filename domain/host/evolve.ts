/** How each event changes what is known of a host. */
import { descriptionOf } from "./description.ts";
import type { HostEvent } from "./events.ts";
import type { HostHealthDetails, HostState } from "./state.ts";

function withHealthDetails(state: HostState, details: Partial<HostHealthDetails>): HostState {
  return { ...state, health_details: { ...state.health_details, ...details } };
}

export function evolveHost(state: HostState, event: HostEvent): HostState {
  switch (event.type) {
    case "HostRegistered":
      return {
        ...state,
        host_id: event.data.host_id,
        description: descriptionOf(event.data),
        heartbeat: "unknown",
      };
    case "HostDetailsUpdated":
      return { ...state, description: descriptionOf(event.data) };
    case "HeartbeatSucceeded":
      return { ...state, heartbeat: "passing" };
    case "HeartbeatFailed":
      return { ...state, heartbeat: "critical" };
    case "ProviderUpdated":
      return { ...state, provider: event.data.provider, provider_data: event.data.provider_data };
    case "SlesSubscriptionsUpdated":
      return { ...state, subscriptions: event.data.subscriptions };
    case "SaptuneStatusUpdated":
      return { ...state, saptune_status: event.data.status };
    case "HostChecksSelected":
      return { ...state, selected_checks: event.data.checks };
    case "HostChecksHealthChanged":
      return withHealthDetails(state, { checks_health: event.data.checks_health });
    case "HostSaptuneHealthChanged":
      return withHealthDetails(state, { saptune_health: event.data.saptune_health });
    case "SoftwareUpdatesHealthChanged":
      return withHealthDetails(state, { software_updates_discovery_health: event.data.health });
    case "SoftwareUpdatesDiscoveryCleared":
      return withHealthDetails(state, { software_updates_discovery_health: "not_set" });
    case "HostHealthChanged":
      return { ...state, health: event.data.health };
    case "HostDeregistered":
      return { ...state, deregistered_at: event.data.deregistered_at };
    case "HostRestored":
      return { ...state, deregistered_at: null };
    case "HostRollUpRequested":
      return { ...state, rolling_up: true };
    case "HostRolledUp":
      return event.data.snapshot;
    case "SoftwareUpdatesDiscoveryRequested":
    case "HostDeregistrationRequested":
    case "HostTombstoned":
      return state;
    default:
      // The compiler proves that no event is forgotten; an event of a newer release, read after a rollback, is let pass.
      event satisfies never;
      return state;
  }
}

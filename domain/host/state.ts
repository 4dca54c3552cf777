/** What a host's decisions need to remember. */
import type { Health, SoftwareUpdatesHealth } from "../health.ts";
import type { HostDescription } from "./description.ts";
import type { Provider, ProviderData } from "./provider.ts";
import type { SaptuneStatus } from "./saptune.ts";
import type { SlesSubscription } from "./subscription.ts";

export interface HostHealthDetails {
  readonly checks_health: Health;
  readonly saptune_health: Health;
  readonly software_updates_discovery_health: SoftwareUpdatesHealth;
}

export interface HostState {
  /** Null until the host is registered. */
  readonly host_id: string | null;
  readonly description: HostDescription | null;
  readonly provider: Provider;
  readonly provider_data: ProviderData;
  readonly heartbeat: "passing" | "critical" | "unknown";
  readonly health: Health;
  readonly health_details: HostHealthDetails;
  readonly saptune_status: SaptuneStatus | null;
  readonly subscriptions: readonly SlesSubscription[];
  readonly selected_checks: readonly string[];
  readonly deregistered_at: string | null;
  readonly rolling_up: boolean;
}

export const initialHostState: HostState = {
  host_id: null,
  description: null,
  provider: "unknown",
  provider_data: null,
  heartbeat: "unknown",
  health: "unknown",
  health_details: {
    checks_health: "unknown",
    saptune_health: "unknown",
    software_updates_discovery_health: "not_set",
  },
  saptune_status: null,
  subscriptions: [],
  selected_checks: [],
  deregistered_at: null,
  rolling_up: false,
};

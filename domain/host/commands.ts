/** What can be asked of a host. */
import type { Command } from "../decider.ts";
import type { Health, SoftwareUpdatesHealth } from "../health.ts";
import type { HostDescription } from "./description.ts";
import type { Provider, ProviderData } from "./provider.ts";
import type { SaptuneStatus } from "./saptune.ts";
import type { SlesSubscription } from "./subscription.ts";

interface OfHost {
  readonly host_id: string;
}

export type RegisterHost = Command<"RegisterHost", OfHost & HostDescription>;
export type UpdateHeartbeat = Command<
  "UpdateHeartbeat",
  OfHost & { readonly heartbeat: "passing" | "critical" }
>;
export type UpdateProvider = Command<
  "UpdateProvider",
  OfHost & { readonly provider: Provider; readonly provider_data: ProviderData }
>;
export type UpdateSlesSubscriptions = Command<
  "UpdateSlesSubscriptions",
  OfHost & { readonly subscriptions: readonly SlesSubscription[] }
>;
export type UpdateSaptuneStatus = Command<
  "UpdateSaptuneStatus",
  OfHost & {
    readonly saptune_installed: boolean;
    readonly package_version: string | null;
    readonly sap_running: boolean;
    readonly status: SaptuneStatus | null;
  }
>;
export type SelectHostChecks = Command<"SelectHostChecks", OfHost & { readonly checks: readonly string[] }>;
export type CompleteHostChecksExecution = Command<
  "CompleteHostChecksExecution",
  OfHost & { readonly health: Health }
>;
export type CompleteSoftwareUpdatesDiscovery = Command<
  "CompleteSoftwareUpdatesDiscovery",
  OfHost & { readonly health: SoftwareUpdatesHealth }
>;
export type ClearSoftwareUpdatesDiscovery = Command<"ClearSoftwareUpdatesDiscovery", OfHost>;
/** Whether the host may be deregistered (it must have stopped reporting) is checked before this is sent. */
export type RequestHostDeregistration = Command<
  "RequestHostDeregistration",
  OfHost & { readonly requested_at: string }
>;
export type DeregisterHost = Command<"DeregisterHost", OfHost & { readonly deregistered_at: string }>;
export type RollUpHost = Command<"RollUpHost", OfHost>;

export type HostCommand =
  | RegisterHost
  | UpdateHeartbeat
  | UpdateProvider
  | UpdateSlesSubscriptions
  | UpdateSaptuneStatus
  | SelectHostChecks
  | CompleteHostChecksExecution
  | CompleteSoftwareUpdatesDiscovery
  | ClearSoftwareUpdatesDiscovery
  | RequestHostDeregistration
  | DeregisterHost
  | RollUpHost;

export type HostRefusal = "host_not_registered" | "host_rolling_up";

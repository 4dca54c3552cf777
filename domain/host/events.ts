/** What can happen to a host. */
import type { DomainEvent } from "../decider.ts";
import type { Health, SoftwareUpdatesHealth } from "../health.ts";
import type { HostDescription } from "./description.ts";
import type { Provider, ProviderData } from "./provider.ts";
import type { SaptuneStatus } from "./saptune.ts";
import type { HostState } from "./state.ts";
import type { SlesSubscription } from "./subscription.ts";

type HostFact<Type extends string, Data = unknown> = DomainEvent<Type, { readonly host_id: string } & Data>;

export type HostRegistered = HostFact<"HostRegistered", HostDescription & { readonly heartbeat: "unknown" }>;
export type HostDetailsUpdated = HostFact<"HostDetailsUpdated", HostDescription>;
export type HeartbeatSucceeded = HostFact<"HeartbeatSucceeded">;
export type HeartbeatFailed = HostFact<"HeartbeatFailed">;
export type ProviderUpdated = HostFact<
  "ProviderUpdated",
  { readonly provider: Provider; readonly provider_data: ProviderData }
>;
export type SlesSubscriptionsUpdated = HostFact<
  "SlesSubscriptionsUpdated",
  { readonly subscriptions: readonly SlesSubscription[] }
>;
export type SaptuneStatusUpdated = HostFact<
  "SaptuneStatusUpdated",
  { readonly status: SaptuneStatus | null }
>;
export type HostChecksSelected = HostFact<"HostChecksSelected", { readonly checks: readonly string[] }>;
export type HostChecksHealthChanged = HostFact<"HostChecksHealthChanged", { readonly checks_health: Health }>;
export type HostSaptuneHealthChanged = HostFact<
  "HostSaptuneHealthChanged",
  { readonly saptune_health: Health }
>;
export type SoftwareUpdatesDiscoveryRequested = HostFact<
  "SoftwareUpdatesDiscoveryRequested",
  { readonly fully_qualified_domain_name: string }
>;
export type SoftwareUpdatesHealthChanged = HostFact<
  "SoftwareUpdatesHealthChanged",
  { readonly health: SoftwareUpdatesHealth }
>;
export type SoftwareUpdatesDiscoveryCleared = HostFact<"SoftwareUpdatesDiscoveryCleared">;
export type HostHealthChanged = HostFact<"HostHealthChanged", { readonly health: Health }>;
export type HostDeregistrationRequested = HostFact<
  "HostDeregistrationRequested",
  { readonly requested_at: string }
>;
export type HostDeregistered = HostFact<"HostDeregistered", { readonly deregistered_at: string }>;
export type HostTombstoned = HostFact<"HostTombstoned">;
export type HostRestored = HostFact<"HostRestored">;
export type HostRollUpRequested = HostFact<"HostRollUpRequested", { readonly snapshot: HostState }>;
export type HostRolledUp = HostFact<"HostRolledUp", { readonly snapshot: HostState }>;

export type HostEvent =
  | HostRegistered
  | HostDetailsUpdated
  | HeartbeatSucceeded
  | HeartbeatFailed
  | ProviderUpdated
  | SlesSubscriptionsUpdated
  | SaptuneStatusUpdated
  | HostChecksSelected
  | HostChecksHealthChanged
  | HostSaptuneHealthChanged
  | SoftwareUpdatesDiscoveryRequested
  | SoftwareUpdatesHealthChanged
  | SoftwareUpdatesDiscoveryCleared
  | HostHealthChanged
  | HostDeregistrationRequested
  | HostDeregistered
  | HostTombstoned
  | HostRestored
  | HostRollUpRequested
  | HostRolledUp;

/** Examples that the specifications of the host share; there is no test in here. */
import { type Health, healthSchema, type SoftwareUpdatesHealth } from "../health.ts";
import type { HostDescription } from "./description.ts";
import type { HostCommand, HostEvent } from "./index.ts";
import type { ProviderData } from "./provider.ts";
import type { SaptuneStatus } from "./saptune.ts";
import { initialHostState } from "./state.ts";
import type { SlesSubscription } from "./subscription.ts";

export const host_id = "9cd46919-5f19-59aa-993e-cf3736c71053";
export const fqdn = "db01.example.com";
export const healths: readonly Health[] = healthSchema.options;

/** What a host tells of itself. */
export const description: HostDescription = {
  hostname: "db01",
  fully_qualified_domain_name: null,
  ip_addresses: ["10.1.1.4/16", "10.1.1.5/24"],
  agent_version: "2.1.0",
  cpu_count: 4,
  total_memory_mb: 4096,
  socket_count: 2,
  os_version: "15-SP3",
  arch: "x86_64",
  installation_source: "suse",
  prometheus_targets: { node_exporter: "10.1.1.4:9100" },
  prometheus_mode: "pull",
  systemd_units: [{ name: "pacemaker.service", unit_file_state: "enabled" }],
  last_boot_timestamp: "2026-01-02T03:04:05.000Z",
};

/** Another value for each of the fields. */
export const otherDescription: HostDescription = {
  hostname: "db02",
  fully_qualified_domain_name: fqdn,
  ip_addresses: ["10.1.1.5/24", "10.1.1.4/16"],
  agent_version: "2.2.0",
  cpu_count: 8,
  total_memory_mb: 8192,
  socket_count: 1,
  os_version: "15-SP4",
  arch: "ppc64le",
  installation_source: "community",
  prometheus_targets: { node_exporter: "10.1.1.4:9101" },
  prometheus_mode: "push",
  systemd_units: [{ name: "pacemaker.service", unit_file_state: "disabled" }],
  last_boot_timestamp: "2026-01-02T03:04:06.000Z",
};

export const fields = Object.keys(description) as (keyof HostDescription)[];

/** The description with one field as in the other description. */
export function withOther(field: keyof HostDescription): HostDescription {
  return { ...description, [field]: otherDescription[field] };
}

export const azureData: ProviderData = {
  vm_name: "db01",
  resource_group: "production",
  location: "westeurope",
  vm_size: "Standard_E4s_v3",
  data_disk_number: 7,
  offer: "sles-sap-15-sp3-byos",
  sku: "gen2",
  admin_username: "cloudadmin",
};

export const subscription: SlesSubscription = {
  host_id,
  identifier: "SLES_SAP",
  version: "15.3",
  arch: "x86_64",
  status: "Registered",
  subscription_status: "ACTIVE",
  type: "internal",
  starts_at: "2021-10-18 06:23:46 UTC",
  expires_at: "2026-10-18 06:23:46 UTC",
};

export const saptuneStatus: SaptuneStatus = {
  package_version: "3.1.0",
  configured_version: "3",
  tuning_state: "compliant",
  services: [{ name: "saptune", enabled: "enabled", active: "active" }],
  enabled_notes: [{ id: "941735", additionally_enabled: true }],
  applied_notes: [{ id: "941735", additionally_enabled: true }],
  enabled_solution: { id: "NETWEAVER", notes: ["941735"], partial: false },
  applied_solution: { id: "NETWEAVER", notes: ["941735"], partial: false },
  staging: { enabled: false, notes: [], solutions_ids: [] },
};

type CommandOf<Type extends HostCommand["type"]> = Extract<HostCommand, { type: Type }>;

export function registerHost(data: HostDescription = description): CommandOf<"RegisterHost"> {
  return { type: "RegisterHost", data: { host_id, ...data } };
}

export function updateSaptune(
  changes: Partial<CommandOf<"UpdateSaptuneStatus">["data"]> = {},
): CommandOf<"UpdateSaptuneStatus"> {
  const data = { host_id, saptune_installed: true, package_version: "3.1.0", sap_running: true };
  return { type: "UpdateSaptuneStatus", data: { ...data, status: saptuneStatus, ...changes } };
}

/** One command of each type. */
export const everyCommand: { readonly [Type in HostCommand["type"]]: CommandOf<Type> } = {
  RegisterHost: registerHost(),
  UpdateHeartbeat: { type: "UpdateHeartbeat", data: { host_id, heartbeat: "passing" } },
  UpdateProvider: { type: "UpdateProvider", data: { host_id, provider: "azure", provider_data: azureData } },
  UpdateSlesSubscriptions: {
    type: "UpdateSlesSubscriptions",
    data: { host_id, subscriptions: [subscription] },
  },
  UpdateSaptuneStatus: updateSaptune(),
  SelectHostChecks: { type: "SelectHostChecks", data: { host_id, checks: ["A", "B"] } },
  CompleteHostChecksExecution: { type: "CompleteHostChecksExecution", data: { host_id, health: "warning" } },
  CompleteSoftwareUpdatesDiscovery: {
    type: "CompleteSoftwareUpdatesDiscovery",
    data: { host_id, health: "critical" },
  },
  ClearSoftwareUpdatesDiscovery: { type: "ClearSoftwareUpdatesDiscovery", data: { host_id } },
  RequestHostDeregistration: {
    type: "RequestHostDeregistration",
    data: { host_id, requested_at: "2026-01-03T00:00:00.000Z" },
  },
  DeregisterHost: { type: "DeregisterHost", data: { host_id, deregistered_at: "2026-01-03T00:00:01.000Z" } },
  RollUpHost: { type: "RollUpHost", data: { host_id } },
};

export const commandTypes = Object.keys(everyCommand) as HostCommand["type"][];

export function hostRegistered(data: HostDescription = description): HostEvent {
  return { type: "HostRegistered", data: { host_id, ...data, heartbeat: "unknown" } };
}
export function hostDetailsUpdated(data: HostDescription): HostEvent {
  return { type: "HostDetailsUpdated", data: { host_id, ...data } };
}
export function updatesRequested(name: string = fqdn): HostEvent {
  return {
    type: "SoftwareUpdatesDiscoveryRequested",
    data: { host_id, fully_qualified_domain_name: name },
  };
}
export function updatesHealthChanged(health: SoftwareUpdatesHealth): HostEvent {
  return { type: "SoftwareUpdatesHealthChanged", data: { host_id, health } };
}
export function checksHealthChanged(checks_health: Health): HostEvent {
  return { type: "HostChecksHealthChanged", data: { host_id, checks_health } };
}
export function saptuneHealthChanged(saptune_health: Health): HostEvent {
  return { type: "HostSaptuneHealthChanged", data: { host_id, saptune_health } };
}
export function saptuneStatusUpdated(status: SaptuneStatus | null): HostEvent {
  return { type: "SaptuneStatusUpdated", data: { host_id, status } };
}
export function hostHealthChanged(health: Health): HostEvent {
  return { type: "HostHealthChanged", data: { host_id, health } };
}
export const updatesCleared: HostEvent = { type: "SoftwareUpdatesDiscoveryCleared", data: { host_id } };
export const hostRestored: HostEvent = { type: "HostRestored", data: { host_id } };
export const hostTombstoned: HostEvent = { type: "HostTombstoned", data: { host_id } };
export const hostDeregistered: HostEvent = {
  type: "HostDeregistered",
  data: { host_id, deregistered_at: "2026-01-03T00:00:01.000Z" },
};
export const rollUpRequested: HostEvent = {
  type: "HostRollUpRequested",
  data: { host_id, snapshot: { ...initialHostState, host_id, description } },
};

/** All that happened to a host that is gone. */
export function goneAs(data: HostDescription = description): HostEvent[] {
  return [hostRegistered(data), updatesCleared, hostDeregistered, hostTombstoned];
}

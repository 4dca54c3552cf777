/** Read model `hosts`. */

import type { HostDescription } from "../../domain/host/description.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { hosts } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type StoredHostEvent } from "../subscription/typed-events.ts";
import { streamRow } from "./stream-row.ts";

type HostColumns = Partial<typeof hosts.$inferInsert>;

function descriptionColumns(description: HostDescription): HostColumns {
  const addresses = description.ip_addresses.map((address) => address.split("/"));
  return {
    hostname: description.hostname,
    ip_addresses: addresses.map(([ip = ""]) => ip),
    netmasks: addresses.map(([, mask]) => (mask === undefined ? null : Number(mask))),
    agent_version: description.agent_version,
    arch: description.arch,
    fully_qualified_domain_name: description.fully_qualified_domain_name,
    prometheus_targets: description.prometheus_targets,
    prometheus_mode: description.prometheus_mode,
    last_boot_timestamp: description.last_boot_timestamp,
    systemd_units: [...description.systemd_units],
  };
}

/** The columns that an event changes. */
export function hostColumns(event: StoredHostEvent): HostColumns {
  switch (event.type) {
    case "HostRegistered":
      return { ...descriptionColumns(event.data), heartbeat: event.data.heartbeat };
    case "HostDetailsUpdated":
      return descriptionColumns(event.data);
    case "HeartbeatSucceeded":
      return { heartbeat: "passing", stale_at: null };
    case "HeartbeatFailed":
      return { heartbeat: "critical", stale_at: event.occurredAt };
    case "ProviderUpdated":
      return { provider: event.data.provider, provider_data: event.data.provider_data };
    case "SaptuneStatusUpdated":
      return { saptune_status: event.data.status };
    case "HostChecksSelected":
      return { selected_checks: [...event.data.checks] };
    case "HostHealthChanged":
      return { health: event.data.health };
    case "HostDeregistered":
      return { deregistered_at: event.data.deregistered_at };
    case "HostRestored":
      return { deregistered_at: null };
    default:
      return {};
  }
}

export function projectHosts(db: Database, progress: Progress): Statement[] {
  const found = streamRow(progress.stream.id, eventsOf("host", progress), hostColumns);
  if (found === null) return [];
  return [db.insert(hosts).values(found.row).onConflictDoUpdate({ target: hosts.id, set: found.changed })];
}

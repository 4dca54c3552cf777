/** A host for specs. */
import type { HostView } from "../../../domain/host/view.ts";

export function hostExample(changed: Partial<HostView> = {}): HostView {
  return {
    id: "9cd46919-5f19-59aa-993e-cf3736c71053",
    hostname: "vmhdbprd01",
    ip_addresses: ["10.80.1.11"],
    netmasks: [24],
    agent_version: "3.0.0",
    arch: "x86_64",
    health: "passing",
    heartbeat: "passing",
    stale_at: null,
    last_heartbeat_timestamp: null,
    cluster_id: null,
    cluster_host_status: null,
    provider: "azure",
    provider_data: null,
    tags: [],
    sles_subscriptions: [],
    selected_checks: [],
    saptune_status: null,
    systemd_units: [],
    last_boot_timestamp: null,
    deregistered_at: null,
    inserted_at: "2026-01-01T00:00:00.000Z",
    updated_at: "2026-01-01T00:00:00.000Z",
    ...changed,
  };
}

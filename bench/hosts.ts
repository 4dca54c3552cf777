/** Hosts to measure with. */
import { v5 } from "uuid";
import type { RegisterHost } from "../domain/host/commands.ts";

const NAMESPACE = "fb92284e-aa5e-47f6-a883-bf9469e7a0dc";

export function hostId(index: number): string {
  return v5(`bench-${index}`, NAMESPACE);
}

export function registerCommand(index: number): RegisterHost {
  return {
    type: "RegisterHost",
    data: {
      host_id: hostId(index),
      hostname: `bench${index}`,
      fully_qualified_domain_name: null,
      ip_addresses: [`10.0.${index >> 8}.${index & 255}/16`],
      agent_version: "3.0.0",
      cpu_count: 8,
      total_memory_mb: 65_536,
      socket_count: 2,
      os_version: "15-SP6",
      arch: "x86_64",
      installation_source: "suse",
      prometheus_targets: null,
      prometheus_mode: "pull",
      systemd_units: [],
      last_boot_timestamp: null,
    },
  };
}

/** The envelope that an agent posts. */
export function hostDiscovery(index: number, cpuCount = 8): string {
  return JSON.stringify({
    agent_id: hostId(index),
    discovery_type: "host_discovery",
    payload: {
      hostname: `bench${index}`,
      ip_addresses: [`10.0.${index >> 8}.${index & 255}`],
      netmasks: [16],
      agent_version: "3.0.0",
      cpu_count: cpuCount,
      total_memory_mb: 65_536,
      socket_count: 2,
      os_version: "15-SP6",
      arch: "x86_64",
      prometheus_targets: { node_exporter: `10.0.${index >> 8}.${index & 255}:9100` },
      systemd_units: [{ name: "pacemaker.service", unit_file_state: "enabled" }],
    },
  });
}

/** `host_discovery`: the machine and its operating system. */
import type { SimulatedHost } from "../model/host.ts";
import { addressesOf, clusterOf } from "../model/installation.ts";

export function hostDiscovery(host: SimulatedHost): unknown {
  const addresses = addressesOf(host);
  const isClustered = clusterOf(host) !== null;
  return {
    hostname: host.hostname,
    fully_qualified_domain_name: `${host.hostname}.${host.domain}`,
    ip_addresses: ["127.0.0.1", "::1", ...addresses],
    netmasks: [8, 128, ...addresses.map(() => 24)],
    arch: "x86_64",
    os_version: host.osVersion,
    cpu_count: host.cpuCount,
    socket_count: Math.max(1, host.cpuCount / 16),
    total_memory_mb: host.memoryMb,
    agent_version: host.agentVersion,
    installation_source: "SUSE",
    prometheus_targets: { node_exporter: `${host.address}:9100` },
    prometheus_mode: "pull",
    systemd_units: isClustered ? [{ name: "pacemaker.service", unit_file_state: "enabled" }] : [],
    last_boot_timestamp: host.bootedAt,
  };
}

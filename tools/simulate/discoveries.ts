/** What the agent of a host sends, in the form in which agents send it. */
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import type { SimulatedHost } from "./landscape.ts";
import { cloudDiscovery } from "./provider-metadata.ts";

export interface Discovery {
  readonly type: DiscoveryType;
  readonly payload: unknown;
}

function hostDiscovery(host: SimulatedHost): unknown {
  const addresses = [host.address, ...(host.extraAddress === null ? [] : [host.extraAddress])];
  return {
    hostname: host.hostname,
    fully_qualified_domain_name: `${host.hostname}.${host.domain}`,
    ip_addresses: ["127.0.0.1", ...addresses],
    netmasks: [8, ...addresses.map(() => 24)],
    arch: "x86_64",
    os_version: host.osVersion,
    cpu_count: host.cpuCount,
    socket_count: Math.max(1, host.cpuCount / 16),
    total_memory_mb: host.memoryMb,
    agent_version: host.agentVersion,
    installation_source: "SUSE",
    prometheus_targets: { node_exporter: `${host.address}:9100` },
    prometheus_mode: "pull",
    systemd_units: host.clustered ? [{ name: "pacemaker.service", unit_file_state: "enabled" }] : [],
    last_boot_timestamp: host.bootedAt,
  };
}

function subscriptionDiscovery(host: SimulatedHost): unknown {
  const version = host.osVersion.replace("-SP", ".");
  const term = { starts_at: "2025-01-01 00:00:00 UTC", expires_at: "2028-01-01 00:00:00 UTC" };
  const paid = {
    arch: "x86_64",
    version,
    status: "Registered",
    type: "full",
    subscription_status: "ACTIVE",
    ...term,
  };
  const modules = ["sle-module-basesystem", "sle-module-server-applications", "sle-module-sap-applications"];
  return [
    { identifier: "SLES_SAP", ...paid },
    { identifier: "sle-ha", ...paid },
    ...modules.map((identifier) => ({ identifier, arch: "x86_64", version, status: "Registered" })),
  ];
}

const NOTES = ["941735", "1771258", "2578899", "2993054", "1656250", "900929"];

function saptuneDiscovery(host: SimulatedHost): unknown {
  if (host.tuning === "not installed") return { saptune_installed: false, package_version: "", status: null };
  if (host.tuning === "old") return { saptune_installed: true, package_version: "3.0.0", status: null };
  const tuned = host.tuning !== "not tuned";
  const solution = host.role === "hana" ? "HANA" : "NETWEAVER";
  const notes = tuned ? NOTES : [];
  const bySolution = tuned ? [{ "Solution ID": solution, "Note list": NOTES }] : [];
  return {
    saptune_installed: true,
    package_version: "3.1.3",
    status: {
      command: "status",
      "exit code": 0,
      result: {
        "package version": "3.1.3",
        "configured version": "3",
        "tuning state": host.tuning,
        services: {
          saptune: tuned ? ["enabled", "active"] : ["disabled", "inactive"],
          sapconf: [],
          tuned: [],
        },
        "Solution enabled": tuned ? [solution] : [],
        "Notes enabled by Solution": bySolution,
        "Solution applied": tuned ? [{ "Solution ID": solution, "applied partially": false }] : [],
        "Notes applied by Solution": bySolution,
        "Notes enabled additionally": [],
        "Notes enabled": notes,
        "Notes applied": notes,
        staging: { "staging enabled": false, "Notes staged": [], "Solutions staged": [] },
      },
    },
  };
}

/** The one field of a SAP discovery that is judged so far: that there is an instance. Whole systems are not simulated yet. */
function sapSystemDiscovery(host: SimulatedHost): unknown {
  if (host.role === "none") return [];
  const [type, instance] = host.role === "hana" ? [1, "HDB00"] : [2, "D01"];
  return [{ Id: host.id, SID: "PRD", Type: type, Instances: [{ Host: host.hostname, Name: instance }] }];
}

/** How often each is repeated, in milliseconds, as an agent does by default. */
export const periods: Readonly<Partial<Record<DiscoveryType, number>>> = {
  host_discovery: 10_000,
  cloud_discovery: 10_000,
  sap_system_discovery: 10_000,
  subscription_discovery: 900_000,
  saptune_discovery: 900_000,
};
export const HEARTBEAT_PERIOD = 5_000;

export function discoveriesOf(host: SimulatedHost): readonly Discovery[] {
  return [
    { type: "host_discovery", payload: hostDiscovery(host) },
    { type: "cloud_discovery", payload: cloudDiscovery(host) },
    { type: "sap_system_discovery", payload: sapSystemDiscovery(host) },
    { type: "subscription_discovery", payload: subscriptionDiscovery(host) },
    { type: "saptune_discovery", payload: saptuneDiscovery(host) },
  ];
}

/** Compact, keys in order, as an agent writes it. */
export function envelopeOf(host: SimulatedHost, { type, payload }: Discovery): string {
  return JSON.stringify({ agent_id: host.id, discovery_type: type, payload: inOrder(payload) });
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, inOrder(child)]));
}

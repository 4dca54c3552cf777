/** What a host says about itself: the fields of its registration. */
import { dequal } from "dequal/lite";
import { z } from "zod";

export const archSchema = z.enum(["x86_64", "ppc64le", "s390x", "unknown"]);
export const installationSourceSchema = z.enum(["community", "suse", "unknown"]);
export const prometheusModeSchema = z.enum(["push", "pull"]);
export const systemdUnitSchema = z.object({ name: z.string(), unit_file_state: z.string() });

export interface HostDescription {
  readonly hostname: string;
  readonly fully_qualified_domain_name: string | null;
  /** IPv4 addresses, `ip/mask` where the mask is known. */
  readonly ip_addresses: readonly string[];
  readonly agent_version: string;
  readonly cpu_count: number;
  readonly total_memory_mb: number;
  readonly socket_count: number;
  readonly os_version: string;
  readonly arch: z.infer<typeof archSchema>;
  readonly installation_source: z.infer<typeof installationSourceSchema>;
  /** Exporter name to `host:port`; null from agents that do not send it. */
  readonly prometheus_targets: Readonly<Record<string, string>> | null;
  readonly prometheus_mode: z.infer<typeof prometheusModeSchema>;
  readonly systemd_units: readonly z.infer<typeof systemdUnitSchema>[];
  /** ISO 8601 in UTC. */
  readonly last_boot_timestamp: string | null;
}

/** The descriptive fields, and nothing else, of an object that holds at least them. */
export function descriptionOf(source: HostDescription): HostDescription {
  return {
    hostname: source.hostname,
    fully_qualified_domain_name: source.fully_qualified_domain_name,
    ip_addresses: source.ip_addresses,
    agent_version: source.agent_version,
    cpu_count: source.cpu_count,
    total_memory_mb: source.total_memory_mb,
    socket_count: source.socket_count,
    os_version: source.os_version,
    arch: source.arch,
    installation_source: source.installation_source,
    prometheus_targets: source.prometheus_targets,
    prometheus_mode: source.prometheus_mode,
    systemd_units: source.systemd_units,
    last_boot_timestamp: source.last_boot_timestamp,
  };
}

/** Rule 3 of the host: identical in all 14 descriptive fields. */
export function sameDescription(one: HostDescription, other: HostDescription): boolean {
  return dequal(descriptionOf(one), descriptionOf(other));
}

/** Rule 4 of the host: a reboot while deregistered is not a change of the host. */
export function sameDescriptionButBoot(one: HostDescription, other: HostDescription): boolean {
  return sameDescription({ ...one, last_boot_timestamp: null }, { ...other, last_boot_timestamp: null });
}

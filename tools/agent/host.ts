/** What the agent tells of the machine that it runs on, in the form in which agents tell it. */
import { readFile } from "node:fs/promises";
import { arch, cpus, hostname, networkInterfaces, totalmem, uptime } from "node:os";
import { v5 } from "uuid";

export const AGENT_VERSION = "3.0.0-reference";
/** Of the ids of agents: every agent of Trento names its host in it. */
const NAMESPACE = "fb92284e-aa5e-47f6-a883-bf9469e7a0dc";

export async function agentId(): Promise<string> {
  return v5((await readFile("/etc/machine-id", "utf8")).trim(), NAMESPACE);
}

const architectures: Readonly<Record<string, string>> = { x64: "x86_64", ppc64: "ppc64le", s390x: "s390x" };

/** Bits of a netmask. */
function bitsOf(cidr: string | null): number {
  return Number(cidr?.split("/")[1] ?? 0);
}

async function osVersion(): Promise<string> {
  const text = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^VERSION_ID="?([^"\n]*)"?/m.exec(text)?.[1] ?? "unknown";
}

export async function hostDiscovery(): Promise<unknown> {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const own = addresses.find(({ internal, family }) => !internal && family === "IPv4");
  return {
    hostname: hostname(),
    ip_addresses: addresses.map(({ address }) => address),
    netmasks: addresses.map(({ cidr }) => bitsOf(cidr)),
    arch: architectures[arch()] ?? "unknown",
    os_version: await osVersion(),
    cpu_count: cpus().length,
    socket_count: 1,
    total_memory_mb: Math.round(totalmem() / 1_000_000),
    agent_version: AGENT_VERSION,
    installation_source: "Community",
    prometheus_targets: { node_exporter: `${own?.address ?? "127.0.0.1"}:9100` },
    prometheus_mode: "pull",
    systemd_units: [],
    // To the minute: it is worked out from the time that has passed since.
    last_boot_timestamp: new Date(
      Math.floor((Date.now() - uptime() * 1_000) / 60_000) * 60_000,
    ).toISOString(),
  };
}

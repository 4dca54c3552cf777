/** What the agent of an ordinary host reports of it. */
export function hostPayloadOf(hostname: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    hostname,
    ip_addresses: ["10.1.1.1"],
    netmasks: [24],
    agent_version: "3.0.0",
    cpu_count: 4,
    total_memory_mb: 4096,
    socket_count: 1,
    os_version: "15-SP6",
    arch: "x86_64",
    systemd_units: [],
    ...more,
  };
}

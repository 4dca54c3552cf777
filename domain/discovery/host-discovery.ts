/** `host_discovery` → RegisterHost. */
import { archSchema, installationSourceSchema, prometheusModeSchema } from "../host/description.ts";
import { count, oneOf, oneOfIgnoringCase, optionalCount, optionalText, optionalTime, text } from "./cast.ts";
import { listOf, objectOf, optionalListOf, optionalMapOf } from "./collections.ts";
import { issuesOf } from "./issue.ts";
import { commands, invalid, type Policy } from "./policy.ts";

const payloadSchema = objectOf({
  hostname: text(),
  fully_qualified_domain_name: optionalText(),
  ip_addresses: listOf(text()),
  netmasks: optionalListOf(optionalCount()),
  agent_version: text(),
  cpu_count: count(),
  total_memory_mb: count(),
  socket_count: count(),
  os_version: text(),
  arch: oneOfIgnoringCase(archSchema.options, "unknown"),
  installation_source: oneOfIgnoringCase(installationSourceSchema.options, "unknown"),
  prometheus_targets: optionalMapOf(text()),
  prometheus_mode: oneOf(prometheusModeSchema.options, "pull"),
  systemd_units: optionalListOf(objectOf({ name: text(), unit_file_state: text() })),
  last_boot_timestamp: optionalTime(),
});

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/;

/** IPv4 only, without loopback; `ip/mask` where a mask came with the address. */
function addressesWithMask(addresses: readonly string[], netmasks: readonly (number | null)[]): string[] {
  return addresses
    .map((address, index) => ({ address, mask: netmasks[index] ?? null }))
    .filter(({ address }) => IPV4.test(address) && !address.endsWith(".") && address !== "127.0.0.1")
    .map(({ address, mask }) => (mask === null ? address : `${address}/${mask}`));
}

export const hostPolicy: Policy = (agentId, payload) => {
  const parsed = payloadSchema.safeParse(payload);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  const { netmasks, ip_addresses, ...description } = parsed.data;
  return commands({
    type: "RegisterHost",
    data: { host_id: agentId, ...description, ip_addresses: addressesWithMask(ip_addresses, netmasks) },
  });
};

/** `host_discovery` → RegisterHost. */
import { archSchema, installationSourceSchema, prometheusModeSchema } from "../host/description.ts";
import {
  count,
  entry,
  name,
  oneOfIgnoringCase,
  oneOfOrNothing,
  optionalCount,
  optionalText,
  text,
  textOrNothing,
  timeOrNothing,
} from "./cast.ts";
import { listOf, objectOf, optionalListOf, optionalMapOf } from "./collections.ts";
import { ipv6Of } from "./ipv6.ts";
import { readAs } from "./leniently.ts";
import { commandsWithout, invalid, type Policy } from "./policy.ts";

const payloadSchema = objectOf({
  hostname: text(),
  fully_qualified_domain_name: optionalText(),
  ip_addresses: listOf(textOrNothing()),
  netmasks: optionalListOf(optionalCount()),
  agent_version: text(),
  cpu_count: count(),
  total_memory_mb: count(),
  socket_count: count(),
  os_version: text(),
  arch: oneOfIgnoringCase(archSchema.options, "unknown"),
  installation_source: oneOfIgnoringCase(installationSourceSchema.options, "unknown"),
  prometheus_targets: optionalMapOf(entry()),
  prometheus_mode: oneOfOrNothing(prometheusModeSchema.options, "pull"),
  /** Agents of 2025 tell no state of a unit that is not installed. */
  systemd_units: optionalListOf(
    objectOf({ name: name(), unit_file_state: optionalText().transform((state) => state ?? "unknown") }),
  ),
  last_boot_timestamp: timeOrNothing(),
});

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/;

/** IPv4 only, without loopback; `ip/mask` where a mask came with the address. */
function addressesWithMask(
  addresses: readonly (string | null)[],
  netmasks: readonly (number | null)[],
): string[] {
  return addresses
    .map((address, index) => ({ address: address ?? "", mask: netmasks[index] ?? null }))
    .filter(({ address }) => IPV4.test(address) && !address.endsWith(".") && address !== "127.0.0.1")
    .map(({ address, mask }) => (mask === null ? address : `${address}/${mask}`));
}

export const hostPolicy: Policy = (agentId, payload) => {
  const read = readAs(payloadSchema, payload);
  if (!read.ok) return invalid(read.issues);
  const { netmasks, ip_addresses, ...description } = read.data;
  const result = commandsWithout(read.dropped, {
    type: "RegisterHost",
    data: { host_id: agentId, ...description, ip_addresses: addressesWithMask(ip_addresses, netmasks) },
  });
  const addresses = ip_addresses.flatMap((address) => ipv6Of(address ?? "") ?? []);
  return addresses.length === 0 ? result : { ...result, addresses };
};

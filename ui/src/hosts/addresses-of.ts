/** Addresses of a host, with their networks. */
import type { HostView } from "../../../domain/host/view.ts";

export function addressesOf({
  ip_addresses,
  netmasks,
}: Pick<HostView, "ip_addresses" | "netmasks">): string[] {
  return ip_addresses.map((address, index) => {
    const mask = netmasks[index] ?? null;
    return mask === null ? address : `${address}/${mask}`;
  });
}

/** Names and addresses of machines in a network. */
import ipaddr from "ipaddr.js";

const LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/** An address of IPv6 is bare, or in brackets. */
export function withoutBrackets(host: string): string {
  return /^\[(.*)\]$/.exec(host)?.[1] ?? host;
}

/** Whether it may be connected to: a name, or an address of IPv4 or IPv6, without a port. */
export function isNetworkHost(host: string): boolean {
  if (host.includes(":") || host.startsWith("[")) return ipaddr.IPv6.isValid(withoutBrackets(host));
  if (/^[\d.]+$/.test(host)) return ipaddr.IPv4.isValidFourPartDecimal(host);
  return host
    .replace(/\.$/, "")
    .split(".")
    .every((label) => LABEL.test(label));
}

/** Whether it is a host with its port, as `10.0.0.1:9100` or `[::1]:9100`. */
export function isHostWithPort(text: string): boolean {
  const [, host = "", port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const isBareIpv6 = host.includes(":") && !host.startsWith("[");
  return !isBareIpv6 && isNetworkHost(host) && Number(port) >= 1 && Number(port) <= 65_535;
}

/** Where requests to third parties may go: to the Internet, and not to what stands beside us. */
import ipaddr from "ipaddr.js";

/** Public addresses alone: no loopback, no private or local network, no address of a cloud's metadata. */
export function isPublicAddress(address: string): boolean {
  // Addresses of IPv4 within those of IPv6 are taken for what they lead to, or are of a range of their own.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

const LOCAL_NAMES = /(^|\.)(localhost|local|internal|lan|home|corp|intranet|localdomain)$/;

/** As browsers write it: lower case, IPv4 in any notation as four numbers, without a dot at its end. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}

/**
 * @param allowed hosts that whoever runs the server has listed: they may be anything, and need no TLS
 * @returns why nothing is sent there; null where it may be
 */
export function refusalOfUrl(text: string, allowed: readonly string[]): string | null {
  const url = URL.parse(text);
  if (url === null) return "is not a URL";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must begin with https://";
  if (url.username !== "" || url.password !== "") return "must not hold a name or a password";
  const host = hostOf(url);
  if (allowed.includes(host)) return null;
  if (url.protocol !== "https:") return "must begin with https://";
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? null : "must not be an address of a local network";
  if (!host.includes(".") || LOCAL_NAMES.test(host)) return "must not be a name of a local network";
  return null;
}

/** `a.example.com, 10.0.0.5`. */
export function allowedHosts(text: string | undefined): string[] {
  return (text ?? "")
    .split(/[\s,]+/)
    .filter((host) => host !== "")
    .map((host) => host.toLowerCase());
}

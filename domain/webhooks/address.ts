/** Where requests to third parties may go: to the Internet, and not to what stands beside us. */
import ipaddr from "ipaddr.js";

/** A header of the answers of the door through which requests go out: nobody has answered, and the body says why. */
export const UNREACHED = "x-trento-edge-unreached";

/** Of the Internet by its number, and yet what every machine of Azure asks about itself. */
const OF_AZURE = "168.63.129.16";
/** All of the Internet's addresses of IPv6 are in here; those that hold one of IPv4 (`::127.0.0.1`) are not. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** Public addresses alone: no loopback, no private or local network, no address of a cloud's metadata. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // Addresses of IPv4 within those of IPv6 are taken for what they lead to, or are of a range of their own.
  const processed = ipaddr.process(address);
  if (processed.range() !== "unicast" || processed.toString() === OF_AZURE) return false;
  return processed instanceof ipaddr.IPv4 || processed.match(GLOBAL_UNICAST);
}

const LOCAL_NAMES =
  /(^|\.)(localhost|local|internal|lan|home|corp|intranet|localdomain|private|svc|arpa|test|invalid)$/;

/** As browsers write it: lower case, IPv4 in any notation as four numbers, without dots at its end. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.+$/, "");
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

/** What Node lets through of a request and HTTP/1.1 does not. */
import type { IncomingMessage } from "node:http";

/** A name, an address, or an IPv6 address in brackets; and a port. */
const HOST =
  /^(?:[A-Za-z0-9._~!$&'()*+;=-]|%[\dA-Fa-f]{2})+(?::\d{0,5})?$|^\[[\dA-Fa-f:.]{2,45}\](?::\d{0,5})?$/;

function valuesOf(raw: readonly string[], name: string): string[] {
  return raw.filter((_, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === name);
}

/** @returns what is wrong with it, if anything is */
export function malformationOf({
  rawHeaders,
  httpVersion,
  url = "",
}: Pick<IncomingMessage, "rawHeaders" | "httpVersion" | "url">): string | null {
  const hosts = valuesOf(rawHeaders, "host");
  // Of HTTP/1.0 it may be missing.
  if (hosts.length > 1 || (hosts.length === 0 && httpVersion === "1.1"))
    return "The request must have one Host.";
  const [host] = hosts;
  if (host !== undefined && !isHost(host)) return "Host must be a name or an address, and a port.";
  const codings = valuesOf(rawHeaders, "transfer-encoding");
  if (codings.length > 1 || (codings.length === 1 && codings[0]?.toLowerCase() !== "chunked"))
    return "Transfer-Encoding must be chunked.";
  if (!URL.canParse(url.startsWith("/") ? `http://front${url}` : url)) return "The request must name a path.";
  return url.startsWith("/") || /^https?:\/\/[^/]/i.test(url) ? null : "The request must name a path.";
}

function isHost(host: string): boolean {
  if (!HOST.test(host)) return false;
  return URL.canParse(`http://${host}/`);
}

/** @param target a path, or the same with scheme and host before it, as proxies say it (RFC 9112, 3.2.2) */
export function pathOf(target: string): string {
  if (target.startsWith("/")) return target;
  const { pathname, search } = new URL(target);
  return `${pathname}${search}`;
}

/** Which hosts are shown: search and filters, as they stand in the page's address. */
import type { HostView } from "../../../domain/host/view.ts";

export interface HostFilters {
  readonly search: string;
  readonly health: string | null;
  readonly heartbeat: string | null;
  readonly provider: string | null;
  readonly tag: string | null;
}

export function readFilters(query: URLSearchParams): HostFilters {
  return {
    search: query.get("search") ?? "",
    health: query.get("health"),
    heartbeat: query.get("heartbeat"),
    provider: query.get("provider"),
    tag: query.get("tag"),
  };
}

/** All words must be found, each somewhere: name, addresses, provider, version, tags. */
function isFound(host: HostView, search: string): boolean {
  const text = [
    host.hostname,
    ...host.ip_addresses,
    host.provider,
    host.agent_version,
    ...host.tags.map(({ value }) => value),
  ]
    .join(" ")
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function filterHosts(hosts: readonly HostView[], filters: HostFilters): HostView[] {
  return hosts.filter(
    (host) =>
      (filters.health === null || host.health === filters.health) &&
      (filters.heartbeat === null || host.heartbeat === filters.heartbeat) &&
      (filters.provider === null || host.provider === filters.provider) &&
      (filters.tag === null || host.tags.some(({ value }) => value === filters.tag)) &&
      isFound(host, filters.search.trim()),
  );
}

/** What there is to choose from, in order. */
export function tagsOf(hosts: readonly HostView[]): string[] {
  return [...new Set(hosts.flatMap(({ tags }) => tags.map(({ value }) => value)))].sort();
}

export function providersOf(hosts: readonly HostView[]): string[] {
  return [...new Set(hosts.map(({ provider }) => provider))].sort();
}

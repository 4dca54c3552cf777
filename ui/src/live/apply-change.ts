/** Applies what a room tells to the hosts that are known. */
import type { HostView } from "../../../domain/host/view.ts";
import type { Change } from "../../../party/messages.ts";

/** Versions that are known, by host: messages may come late, and an older one says nothing new. */
export type Versions = Map<string, number>;

function byName(one: HostView, other: HostView): number {
  return one.hostname.localeCompare(other.hostname) || one.id.localeCompare(other.id);
}

/** The list after the change: the same list when the change is old. */
export function applyChange(
  hosts: readonly HostView[],
  change: Change,
  versions: Versions,
): readonly HostView[] {
  if (change.version < (versions.get(change.id) ?? 0)) return hosts;
  versions.set(change.id, change.version);
  const known = hosts.find(({ id }) => id === change.id);
  if (change.resource === null)
    return known === undefined ? hosts : hosts.filter(({ id }) => id !== change.id);
  const { resource } = change;
  // Times of heartbeats are not told: a heartbeat that changes nothing is no change.
  const last = resource.last_heartbeat_timestamp ?? known?.last_heartbeat_timestamp ?? null;
  const host = { ...resource, last_heartbeat_timestamp: last };
  if (known === undefined) return [...hosts, host].sort(byName);
  return hosts.map((other) => (other.id === host.id ? host : other));
}

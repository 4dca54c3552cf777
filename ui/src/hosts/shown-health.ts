/** The health of a host as it is shown: the worse of its health and its heartbeat. */
import type { HostView } from "../../../domain/host/view.ts";
import { mostUrgentOf } from "../status/most-urgent.ts";

/** By host as it is kept: one that has not changed stays the same object, for each of those who show hosts. */
const shown = new WeakMap<HostView, HostView>();

/**
 * Trento's health of a host is what its checks and its tuning were found to be, also of a host that is gone: it would
 * stand among the good ones. The API says it so; nobody who looks at a screen must be told so.
 */
export function withShownHealth(host: HostView): HostView {
  const known = shown.get(host);
  if (known !== undefined) return known;
  const made = { ...host, health: mostUrgentOf([host.health, host.heartbeat]) };
  shown.set(host, made);
  return made;
}

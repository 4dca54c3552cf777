/** The health of a host as it is shown: the worse of its health and its heartbeat. */
import type { HostView } from "../../../domain/host/view.ts";
import { mostUrgentOf } from "../status/most-urgent.ts";

/**
 * Trento's health of a host is what its checks and its tuning were found to be, also of a host that is gone: it would
 * stand among the good ones. The API says it so; nobody who looks at a screen must be told so.
 */
export function withShownHealth(host: HostView): HostView {
  return { ...host, health: mostUrgentOf([host.health, host.heartbeat]) };
}

/** What Trento's channel `monitoring:hosts` says of the events of a host. */
import type { HostView } from "../../domain/host/view.ts";
import type { StoredHostEvent } from "../subscription/typed-events.ts";
import { type Said, type Subject, whole } from "./message.ts";

/** Null for an event of which clients are told nothing. */
export function sayOfHost(event: StoredHostEvent, host: Subject<HostView>): Said | null {
  const { host_id: id } = event.data;
  const { name: hostname } = host;
  const details = (payload: object): Said => ({
    event: "host_details_updated",
    payload: { id, ...payload },
  });
  switch (event.type) {
    case "HostRegistered":
      return whole("host_registered", host);
    case "HostRestored":
      return whole("host_restored", host);
    case "HostDeregistered":
      return { event: "host_deregistered", payload: { id, hostname } };
    case "HostDetailsUpdated": {
      if (host.view === null) return null;
      // Clients put this over what they have: a time that is not known here must not take the place of one that is there.
      const { last_heartbeat_timestamp, ...known } = host.view;
      return details(known);
    }
    case "ProviderUpdated": {
      const { provider, provider_data } = event.data;
      return details({ provider, provider_data });
    }
    case "SlesSubscriptionsUpdated":
      return details({ sles_subscriptions: event.data.subscriptions });
    case "HostChecksSelected":
      return details({ selected_checks: event.data.checks });
    case "HeartbeatSucceeded":
      // Spelt as there.
      return { event: "heartbeat_succeded", payload: { id, hostname } };
    case "HeartbeatFailed":
      return { event: "heartbeat_failed", payload: { id, hostname, stale_at: event.occurredAt } };
    case "SaptuneStatusUpdated":
      return { event: "saptune_status_updated", payload: { id, status: event.data.status, hostname } };
    case "HostHealthChanged":
      return { event: "host_health_changed", payload: { id, hostname, health: event.data.health } };
    case "SoftwareUpdatesHealthChanged":
    case "SoftwareUpdatesDiscoveryCleared":
      return { event: "host_software_updates_discovery_completed", payload: { id } };
    default:
      return null;
  }
}

/** What the rooms are told after events were projected. */
import type { Change } from "../../party/messages.ts";
import type { Database } from "../read-models/database.ts";
import { readHosts } from "../read-models/host-views.ts";
import { hostEventsOf } from "../subscription/host-events.ts";
import type { Progress } from "../subscription/progress.ts";

/** Names of Trento's channel messages (`heartbeat_succeded` is spelt as there). Other events tell clients nothing. */
const messageNames: Readonly<Record<string, string>> = {
  HostRegistered: "host_registered",
  HostRestored: "host_restored",
  HostDeregistered: "host_deregistered",
  HostDetailsUpdated: "host_details_updated",
  ProviderUpdated: "host_details_updated",
  SlesSubscriptionsUpdated: "host_details_updated",
  HostChecksSelected: "host_details_updated",
  HeartbeatSucceeded: "heartbeat_succeded",
  HeartbeatFailed: "heartbeat_failed",
  SaptuneStatusUpdated: "saptune_status_updated",
  HostHealthChanged: "host_health_changed",
};

/**
 * The changes of hosts, each with the whole host as it is now. A stream without events is one whose nudge was repeated:
 * it is told again, in case that the first time ended between the tables and the room, which knows what it has told.
 */
export async function hostChanges(db: Database, progress: readonly Progress[]): Promise<Change[]> {
  const ofHosts = progress.filter(({ stream }) => stream.type === "host");
  const current = await readHosts(
    db,
    ofHosts.map(({ stream }) => stream.id),
  );
  return ofHosts.flatMap((one) => {
    const found = current.get(one.stream.id);
    if (found === undefined) return [];
    const names = hostEventsOf(one).map(({ type }) => messageNames[type]);
    const events = [...new Set(names.filter((name) => name !== undefined))];
    return [{ id: one.stream.id, version: found.version, events, resource: found.view }];
  });
}

/** Hosts as clients see them, from the read models. */
import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { HostView } from "../../domain/host/view.ts";
import type { Database } from "./database.ts";
import { hosts, slesSubscriptions, tags } from "./tables.ts";

type HostRow = typeof hosts.$inferSelect;
type SubscriptionRow = typeof slesSubscriptions.$inferSelect;
type TagRow = typeof tags.$inferSelect;

function toView(row: HostRow, subscriptions: SubscriptionRow[], ownTags: TagRow[]): HostView | null {
  if (row.hostname === null || row.agent_version === null || row.deregistered_at !== null) return null;
  return {
    id: row.id,
    hostname: row.hostname,
    ip_addresses: row.ip_addresses,
    netmasks: row.netmasks,
    agent_version: row.agent_version,
    arch: row.arch,
    health: row.health,
    heartbeat: row.heartbeat,
    stale_at: row.stale_at,
    last_heartbeat_timestamp: null,
    cluster_id: row.cluster_id,
    cluster_host_status: row.cluster_host_status,
    provider: row.provider,
    provider_data: row.provider_data,
    tags: ownTags,
    sles_subscriptions: subscriptions.map(({ inserted_at, updated_at, ...subscription }) => subscription),
    selected_checks: row.selected_checks,
    saptune_status: row.saptune_status,
    systemd_units: row.systemd_units,
    last_boot_timestamp: row.last_boot_timestamp,
    deregistered_at: row.deregistered_at,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}

/** Hosts by id, those that are gone with a null view. Without `ids` all hosts, ordered by name. */
export async function readHosts(
  db: Database,
  ids?: readonly string[],
): Promise<Map<string, { version: number; view: HostView | null }>> {
  // One parameter, however many ids: the platform takes 100.
  const asked = ids === undefined ? undefined : sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const [rows, subscriptionRows, tagRows] = await db.batch([
    db
      .select()
      .from(hosts)
      .where(
        asked === undefined
          ? and(isNotNull(hosts.hostname), isNull(hosts.deregistered_at))
          : sql`${hosts.id} IN ${asked}`,
      )
      .orderBy(asc(hosts.hostname), asc(hosts.id)),
    db
      .select()
      .from(slesSubscriptions)
      .where(asked && sql`${slesSubscriptions.host_id} IN ${asked}`)
      .orderBy(asc(slesSubscriptions.identifier)),
    db
      .select()
      .from(tags)
      .where(and(eq(tags.resource_type, "host"), asked && sql`${tags.resource_id} IN ${asked}`))
      .orderBy(asc(tags.value)),
  ]);
  const subscriptions = Map.groupBy(subscriptionRows, (row) => row.host_id);
  const ownTags = Map.groupBy(tagRows, (row) => row.resource_id);
  return new Map(
    rows.map((row) => [
      row.id,
      { version: row.version, view: toView(row, subscriptions.get(row.id) ?? [], ownTags.get(row.id) ?? []) },
    ]),
  );
}

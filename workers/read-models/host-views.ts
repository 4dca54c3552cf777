/** Hosts as clients see them, from the read models. */
import { and, asc, desc, isNotNull, isNull, sql } from "drizzle-orm";
import type { HostView } from "../../domain/host/view.ts";
import type { Tag } from "../../domain/tag.ts";
import type { Database } from "./database.ts";
import { type Ids, isAmong } from "./identified.ts";
import { clusterHosts, hosts, slesSubscriptions } from "./tables.ts";
import { byResource, selectTags } from "./tags-of.ts";
import type { Viewed } from "./viewed.ts";

type HostRow = typeof hosts.$inferSelect;
type SubscriptionRow = typeof slesSubscriptions.$inferSelect;
type Membership = typeof clusterHosts.$inferSelect;

function toView(
  row: HostRow,
  subscriptions: SubscriptionRow[],
  membership: Membership | undefined,
  ownTags: Tag[],
): HostView | null {
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
    cluster_id: membership?.cluster_id ?? null,
    cluster_host_status: membership?.status ?? null,
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
export async function readHosts(db: Database, ids?: Ids): Promise<Map<string, Viewed<HostView>>> {
  const [rows, subscriptionRows, membershipRows, tagRows] = await db.batch([
    db
      .select()
      .from(hosts)
      .where(
        ids === undefined
          ? and(isNotNull(hosts.hostname), isNull(hosts.deregistered_at))
          : isAmong(hosts.id, ids),
      )
      .orderBy(asc(hosts.hostname), asc(hosts.id)),
    // As the agent tells them: a host's rows are written anew, in that order.
    db.select().from(slesSubscriptions).where(isAmong(slesSubscriptions.host_id, ids)).orderBy(sql`rowid`),
    // A host that changes from one cluster to another may for a moment be in both: the newer one counts.
    db
      .select()
      .from(clusterHosts)
      .where(isAmong(clusterHosts.host_id, ids))
      .orderBy(desc(clusterHosts.inserted_at)),
    selectTags(db, "host", ids),
  ]);
  const subscriptions = Map.groupBy(subscriptionRows, (row) => row.host_id);
  const memberships = Map.groupBy(membershipRows, (row) => row.host_id);
  const tagsOf = byResource(tagRows);
  return new Map(
    rows.map((row) => {
      const own = subscriptions.get(row.id) ?? [];
      return [
        row.id,
        {
          version: row.version,
          name: row.hostname,
          view: toView(row, own, memberships.get(row.id)?.[0], tagsOf(row.id)),
        },
      ];
    }),
  );
}

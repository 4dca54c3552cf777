/** Read model `sles_subscriptions`. */
import { eq, sql } from "drizzle-orm";
import type { Database, Statement } from "../read-models/database.ts";
import { slesSubscriptions } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf } from "../subscription/typed-events.ts";

/** The last list of a host replaces all its rows. A product named twice counts once. */
export function projectSlesSubscriptions(db: Database, progress: Progress): Statement[] {
  const last = eventsOf("host", progress).findLast((event) => event.type === "SlesSubscriptionsUpdated");
  if (last?.type !== "SlesSubscriptionsUpdated") return [];
  const byIdentifier = new Map(
    last.data.subscriptions.map((subscription) => [subscription.identifier, subscription]),
  );
  const rows = JSON.stringify([...byIdentifier.values()]);
  return [
    db.delete(slesSubscriptions).where(eq(slesSubscriptions.host_id, progress.stream.id)),
    // One parameter for all rows: the platform takes 100. The columns stand in the table's order.
    db.insert(slesSubscriptions).select(sql`
      SELECT ${progress.stream.id}, value ->> 'identifier', value ->> 'version', value ->> 'arch', value ->> 'status',
        value ->> 'subscription_status', value ->> 'type', value ->> 'starts_at', value ->> 'expires_at',
        ${last.occurredAt}, ${last.occurredAt}
      FROM json_each(${rows})`),
  ];
}

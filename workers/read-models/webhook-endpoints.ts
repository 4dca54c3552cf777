/** The endpoints of third parties. */
import { asc, eq } from "drizzle-orm";
import type { EndpointView } from "../../domain/webhooks/view.ts";
import type { Database } from "./database.ts";
import { webhookEndpoints } from "./tables.ts";

type Row = typeof webhookEndpoints.$inferSelect;

/** Secrets stay where they are. */
export function endpointView(row: Row): EndpointView {
  const { secret: _secret, old_secret: _old, old_secret_until: _until, ...view } = row;
  return view;
}

export async function readEndpoints(db: Database): Promise<EndpointView[]> {
  const rows = await db.select().from(webhookEndpoints).orderBy(asc(webhookEndpoints.inserted_at));
  return rows.map(endpointView);
}

export async function readEndpointRow(db: Database, id: string): Promise<Row | null> {
  const [row] = await db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  return row ?? null;
}

export async function readWantingEndpoints(
  db: Database,
): Promise<Pick<Row, "id" | "event_types" | "inserted_at">[]> {
  return db
    .select({
      id: webhookEndpoints.id,
      event_types: webhookEndpoints.event_types,
      inserted_at: webhookEndpoints.inserted_at,
    })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.enabled, true));
}

/** Read model `cluster_hosts`: who is a member of which cluster. */
import { and, eq } from "drizzle-orm";
import type { ClusterHostStatus } from "../../domain/cluster/details.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { clusterHosts as table } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type StoredClusterEvent } from "../subscription/typed-events.ts";
import { mergeUpdates, type Step } from "./merged-updates.ts";

interface Name {
  readonly cluster_id: string;
  readonly host_id: string;
}
interface Columns {
  readonly status: ClusterHostStatus;
}

function isMember({ cluster_id, host_id }: Name) {
  return and(eq(table.cluster_id, cluster_id), eq(table.host_id, host_id));
}

/** What an event does to the table; null for nothing. */
function stepOf(db: Database, event: StoredClusterEvent): Step<Name, Columns, Statement> | null {
  switch (event.type) {
    case "HostAddedToCluster": {
      const { cluster_id, host_id, cluster_host_status: status } = event.data;
      const statement = db
        .insert(table)
        .values({ cluster_id, host_id, status, inserted_at: event.occurredAt })
        .onConflictDoUpdate({ target: [table.cluster_id, table.host_id], set: { status } });
      return { rows: [event.data], statement };
    }
    case "ClusterHostStatusChanged":
      return { row: event.data, columns: { status: event.data.cluster_host_status } };
    case "HostRemovedFromCluster":
      return { rows: [event.data], statement: db.delete(table).where(isMember(event.data)) };
    default:
      return null;
  }
}

export function projectClusterHosts(db: Database, progress: Progress): Statement[] {
  const steps = eventsOf("cluster", progress).flatMap((event) => stepOf(db, event) ?? []);
  return mergeUpdates(steps, (row, columns): Statement => db.update(table).set(columns).where(isMember(row)));
}

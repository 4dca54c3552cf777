/** Read model `cluster_hosts`: who is a member of which cluster. */
import { and, eq } from "drizzle-orm";
import type { Database, Statement } from "../read-models/database.ts";
import { clusterHosts } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type StoredClusterEvent } from "../subscription/typed-events.ts";

function statementsFor(db: Database, event: StoredClusterEvent): Statement[] {
  switch (event.type) {
    case "HostAddedToCluster":
    case "ClusterHostStatusChanged": {
      const { cluster_id, host_id, cluster_host_status: status } = event.data;
      return [
        db
          .insert(clusterHosts)
          .values({ cluster_id, host_id, status, inserted_at: event.occurredAt })
          .onConflictDoUpdate({ target: [clusterHosts.cluster_id, clusterHosts.host_id], set: { status } }),
      ];
    }
    case "HostRemovedFromCluster": {
      const { cluster_id, host_id } = event.data;
      return [
        db
          .delete(clusterHosts)
          .where(and(eq(clusterHosts.cluster_id, cluster_id), eq(clusterHosts.host_id, host_id))),
      ];
    }
    default:
      return [];
  }
}

export function projectClusterHosts(db: Database, progress: Progress): Statement[] {
  return eventsOf("cluster", progress).flatMap((event) => statementsFor(db, event));
}

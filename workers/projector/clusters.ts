/** Read model `clusters`. */
import type { ClusterDescription } from "../../domain/cluster/commands.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { clusters } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type StoredClusterEvent } from "../subscription/typed-events.ts";
import { streamRow } from "./stream-row.ts";

type ClusterColumns = Partial<typeof clusters.$inferInsert>;

function descriptionColumns(description: ClusterDescription): ClusterColumns {
  const { name, type, provider, state, resources_number, hosts_number, details, sap_instances } = description;
  return {
    name,
    type,
    provider,
    state,
    resources_number,
    hosts_number,
    details,
    sap_instances: [...sap_instances],
  };
}

/** The columns that an event changes. */
function clusterColumns(event: StoredClusterEvent): ClusterColumns {
  switch (event.type) {
    case "ClusterRegistered":
      return { ...descriptionColumns(event.data), health: event.data.health };
    case "ClusterDetailsUpdated":
      return descriptionColumns(event.data);
    case "ClusterHealthChanged":
      return { health: event.data.health };
    case "ChecksSelected":
      return { selected_checks: [...event.data.checks] };
    case "ClusterDataMarkedStale":
      return { stale_at: event.data.stale_at };
    case "ClusterDataMarkedInSync":
      return { stale_at: null };
    case "ClusterDeregistered":
      return { deregistered_at: event.data.deregistered_at };
    case "ClusterRestored":
      return { deregistered_at: null };
    default:
      return {};
  }
}

export function projectClusters(db: Database, progress: Progress): Statement[] {
  const found = streamRow(progress.stream.id, eventsOf("cluster", progress), clusterColumns);
  if (found === null) return [];
  return [
    db.insert(clusters).values(found.row).onConflictDoUpdate({ target: clusters.id, set: found.changed }),
  ];
}

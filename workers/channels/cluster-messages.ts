/** What Trento's channel `monitoring:clusters` says of the events of a cluster, and `monitoring:hosts` of its members. */
import type { ClusterView } from "../../domain/cluster/view.ts";
import type { HostView } from "../../domain/host/view.ts";
import type { StoredClusterEvent } from "../subscription/typed-events.ts";
import { type Said, type Subject, whole } from "./message.ts";

/** Null for an event of which clients are told nothing. */
export function sayOfCluster(event: StoredClusterEvent, cluster: Subject<ClusterView>): Said | null {
  const { cluster_id } = event.data;
  const { name } = cluster;
  const stale = (stale_at: string | null): Said => ({
    event: "cluster_stale_changed",
    payload: { id: cluster_id, stale_at },
  });
  switch (event.type) {
    case "ClusterRegistered":
      return whole("cluster_registered", cluster);
    case "ClusterRestored":
      return whole("cluster_restored", cluster);
    case "ClusterDetailsUpdated":
      return whole("cluster_details_updated", cluster);
    case "ChecksSelected": {
      const selected_checks = event.data.checks;
      return { event: "cluster_details_updated", payload: { id: cluster_id, selected_checks } };
    }
    case "ClusterHealthChanged":
      return {
        event: "cluster_health_changed",
        payload: { cluster_id, name, health: event.data.health },
      };
    case "ClusterDataMarkedStale":
      return stale(event.data.stale_at);
    case "ClusterDataMarkedInSync":
      return stale(null);
    case "ClusterDeregistered":
      return { event: "cluster_deregistered", payload: { id: cluster_id, name } };
    default:
      return null;
  }
}

/** The host of which an event of its cluster tells that it came, went or was stopped; null for other events. */
export function memberOf(event: StoredClusterEvent): string | null {
  switch (event.type) {
    case "HostAddedToCluster":
    case "ClusterHostStatusChanged":
    case "HostRemovedFromCluster":
      return event.data.host_id;
    default:
      return null;
  }
}

/**
 * A host learns of its membership from the cluster. One that changes from one cluster to another hears of both, in any order:
 * what another cluster than its own of now says comes late, and is not told. `host` is null where none is known yet.
 */
export function sayOfMember(event: StoredClusterEvent, host: HostView | null): Said | null {
  const own = host?.cluster_id ?? null;
  const said = (id: string, membership: object) => ({
    event: "host_details_updated",
    payload: { id, ...membership },
  });
  switch (event.type) {
    case "HostAddedToCluster":
    case "ClusterHostStatusChanged": {
      const { host_id, cluster_id, cluster_host_status } = event.data;
      if (own !== null && own !== cluster_id) return null;
      return said(host_id, { cluster_id, cluster_host_status });
    }
    case "HostRemovedFromCluster":
      if (own !== null) return null;
      return said(event.data.host_id, { cluster_id: null, cluster_host_status: null });
    default:
      return null;
  }
}

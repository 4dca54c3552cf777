/** How each event changes what is known of a cluster. */
import type { ClusterHostStatus } from "./details.ts";
import type { ClusterEvent } from "./events.ts";
import { healthDetailsFor } from "./health.ts";
import { type ClusterAggregate, descriptionOf } from "./state.ts";

function without(hosts: readonly string[], host: string): string[] {
  return hosts.filter((one) => one !== host);
}

function withStatus(state: ClusterAggregate, host: string, status: ClusterHostStatus): ClusterAggregate {
  const others = without(state.offline_hosts, host);
  return { ...state, offline_hosts: status === "offline" ? [...others, host] : others };
}

export function evolveCluster(state: ClusterAggregate, event: ClusterEvent): ClusterAggregate {
  switch (event.type) {
    case "ClusterRegistered":
      return {
        ...state,
        ...descriptionOf(event.data),
        cluster_id: event.data.cluster_id,
        health: event.data.health,
        health_details: event.data.health_details,
      };
    case "ClusterDetailsUpdated":
      return {
        ...state,
        ...descriptionOf(event.data),
        health_details: healthDetailsFor(event.data.details, state.health_details),
      };
    case "HostAddedToCluster": {
      const { host_id, cluster_host_status } = event.data;
      const hosts = [...without(state.hosts, host_id), host_id];
      return withStatus({ ...state, hosts }, host_id, cluster_host_status);
    }
    case "ClusterHostStatusChanged":
      return withStatus(state, event.data.host_id, event.data.cluster_host_status);
    case "HostRemovedFromCluster":
      return {
        ...state,
        hosts: without(state.hosts, event.data.host_id),
        offline_hosts: without(state.offline_hosts, event.data.host_id),
        stale_hosts: without(state.stale_hosts, event.data.host_id),
      };
    case "ClusterReplicationHealthChanged":
      if (state.health_details === null || !("replication_health" in state.health_details)) return state;
      return {
        ...state,
        health_details: { ...state.health_details, replication_health: event.data.replication_health },
      };
    case "ClusterDistributedHealthChanged":
      if (state.health_details === null || !("distributed_health" in state.health_details)) return state;
      return {
        ...state,
        health_details: { ...state.health_details, distributed_health: event.data.distributed_health },
      };
    case "ClusterSbdHealthChanged":
      if (state.health_details === null) return state;
      return { ...state, health_details: { ...state.health_details, sbd_health: event.data.sbd_health } };
    case "ClusterChecksHealthChanged":
      if (state.health_details === null) return state;
      return {
        ...state,
        health_details: { ...state.health_details, checks_health: event.data.checks_health },
      };
    case "ClusterHealthChanged":
      return { ...state, health: event.data.health };
    case "ChecksSelected":
      return { ...state, selected_checks: event.data.checks };
    case "ClusterHostDataMarkedStale":
      return {
        ...state,
        stale_hosts: [...without(state.stale_hosts, event.data.host_id), event.data.host_id],
      };
    case "ClusterHostDataMarkedInSync":
      return { ...state, stale_hosts: without(state.stale_hosts, event.data.host_id) };
    case "ClusterDeregistered":
      return { ...state, deregistered_at: event.data.deregistered_at };
    case "ClusterRestored":
      return { ...state, deregistered_at: null };
    case "ClusterRollUpRequested":
      return { ...state, rolling_up: true };
    case "ClusterRolledUp":
      return event.data.snapshot;
    case "ClusterDataMarkedStale":
    case "ClusterDataMarkedInSync":
    case "ClusterTombstoned":
      return state;
    default:
      // The compiler proves that no event is forgotten; an event of a newer release, read after a rollback, is let pass.
      event satisfies never;
      return state;
  }
}

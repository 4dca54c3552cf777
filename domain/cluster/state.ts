/** What a cluster's decisions need to remember. */
import type { Health } from "../health.ts";
import type { ClusterDescription } from "./commands.ts";

interface CommonHealthDetails {
  readonly checks_health: Health;
  readonly sbd_health: Health;
}
export type HanaHealthDetails = CommonHealthDetails & { readonly replication_health: Health };
export type AscsErsHealthDetails = CommonHealthDetails & { readonly distributed_health: Health };
/** What a cluster's health is made of; null where nothing of it can be judged. */
export type ClusterHealthDetails = HanaHealthDetails | AscsErsHealthDetails | null;

export interface ClusterAggregate extends ClusterDescription {
  /** Null until the cluster is registered. */
  readonly cluster_id: string | null;
  readonly health: Health;
  readonly health_details: ClusterHealthDetails;
  /** Ids of all member hosts ... */
  readonly hosts: readonly string[];
  /** ... of those whose cluster software is stopped ... */
  readonly offline_hosts: readonly string[];
  /** ... and of those that stopped reporting. */
  readonly stale_hosts: readonly string[];
  readonly selected_checks: readonly string[];
  readonly deregistered_at: string | null;
  readonly rolling_up: boolean;
}

export const initialCluster: ClusterAggregate = {
  cluster_id: null,
  name: null,
  type: "unknown",
  sap_instances: [],
  provider: "unknown",
  resources_number: null,
  hosts_number: null,
  state: "unknown",
  details: null,
  health: "unknown",
  health_details: null,
  hosts: [],
  offline_hosts: [],
  stale_hosts: [],
  selected_checks: [],
  deregistered_at: null,
  rolling_up: false,
};

/** The descriptive fields, and nothing else, of an object that holds at least them. */
export function descriptionOf(source: ClusterDescription): ClusterDescription {
  return {
    name: source.name,
    type: source.type,
    sap_instances: source.sap_instances,
    provider: source.provider,
    resources_number: source.resources_number,
    hosts_number: source.hosts_number,
    state: source.state,
    details: source.details,
  };
}

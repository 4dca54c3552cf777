/** The resources that the rooms keep up to date: where each is in the cache, and how a change is applied. */
import type { QueryKey } from "@tanstack/react-query";
import type { AgentView } from "../../../domain/agent/view.ts";
import type { ClusterView } from "../../../domain/cluster/view.ts";
import type { DatabaseView } from "../../../domain/database/view.ts";
import type { HostView } from "../../../domain/host/view.ts";
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import { agentsKey, clustersKey, databasesKey, hostsKey, sapSystemsKey } from "../api/keys.ts";
import type { Keeping } from "./apply-change.ts";

export interface Kept<Resource> extends Keeping<Resource> {
  readonly key: QueryKey;
}

function byName<R extends { readonly id: string }>(nameOf: (resource: R) => string) {
  return (one: R, other: R) => nameOf(one).localeCompare(nameOf(other)) || one.id.localeCompare(other.id);
}

/** Times of heartbeats are not told: a heartbeat that changes nothing is no change. */
export const keptHosts: Kept<HostView> = {
  key: hostsKey,
  compare: byName(({ hostname }) => hostname),
  merge: (told, known) => ({
    ...told,
    last_heartbeat_timestamp: told.last_heartbeat_timestamp ?? known?.last_heartbeat_timestamp ?? null,
  }),
};

/** Those alone of which something is open. */
export const keptAgents: Kept<AgentView> = {
  key: agentsKey,
  compare: (one, other) => one.id.localeCompare(other.id),
};

export const keptClusters: Kept<ClusterView> = {
  key: clustersKey,
  compare: byName(({ name }) => name ?? ""),
};

export const keptSapSystems: Kept<SapSystemView> = {
  key: sapSystemsKey,
  compare: byName(({ sid }) => sid),
};

export const keptDatabases: Kept<DatabaseView> = {
  key: databasesKey,
  compare: byName(({ sid }) => sid),
};

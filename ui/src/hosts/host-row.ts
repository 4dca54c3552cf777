/** Hosts with what the list of hosts tells of them besides: their cluster's name, and what runs on them. */
import type { ClusterView } from "../../../domain/cluster/view.ts";
import type { DatabaseView } from "../../../domain/database/view.ts";
import type { HostView } from "../../../domain/host/view.ts";
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import { clusterName } from "../clusters/cluster-words.ts";
import { hostIdsOf } from "../instances/instance.ts";
import { databasePath, sapSystemPath } from "../links/paths.ts";
import type { Named } from "../links/sid-links.tsx";

export interface HostRow extends HostView {
  readonly clusterName: string;
  /** What has an instance on the host. */
  readonly runs: readonly Named[];
  /** The SAP systems that need the host: an instance of theirs, or of their database, is on it. */
  readonly systemIds: readonly string[];
}

function add<Value>(values: Map<string, Value[]>, key: string, value: Value): void {
  const present = values.get(key);
  if (present === undefined) values.set(key, [value]);
  else present.push(value);
}

export function hostRows(
  hosts: readonly HostView[],
  clusters: readonly ClusterView[] = [],
  systems: readonly SapSystemView[] = [],
  databases: readonly DatabaseView[] = [],
): HostRow[] {
  const names = new Map(clusters.map((cluster) => [cluster.id, clusterName(cluster)]));
  const runs = new Map<string, Named[]>();
  const systemIds = new Map<string, string[]>();
  for (const { id, sid, database_instances } of databases) {
    for (const host of hostIdsOf(database_instances)) add(runs, host, { sid, path: databasePath(id) });
  }
  for (const { id, sid, application_instances, database_instances } of systems) {
    for (const host of hostIdsOf(application_instances)) add(runs, host, { sid, path: sapSystemPath(id) });
    for (const host of hostIdsOf([...application_instances, ...database_instances])) add(systemIds, host, id);
  }
  return hosts.map((host) => ({
    ...host,
    clusterName: host.cluster_id === null ? "" : (names.get(host.cluster_id) ?? ""),
    runs: runs.get(host.id) ?? [],
    systemIds: systemIds.get(host.id) ?? [],
  }));
}

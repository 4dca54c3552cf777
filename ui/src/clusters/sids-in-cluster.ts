/** What the SIDs that a cluster tells of stand for. */
import type { ClusterView } from "../../../domain/cluster/view.ts";
import type { DatabaseView } from "../../../domain/database/view.ts";
import type { HostView } from "../../../domain/host/view.ts";
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import type { InstanceView } from "../instances/instance.ts";
import { databasePath, sapSystemPath } from "../links/paths.ts";
import type { Named } from "../links/sid-links.tsx";
import { sidsOf } from "./cluster-words.ts";

export interface Landscape {
  readonly hosts: readonly HostView[];
  readonly systems: readonly SapSystemView[];
  readonly databases: readonly DatabaseView[];
}

/** SIDs need not be unique: what has an instance on a host of the cluster is meant. */
export function sidsInCluster(cluster: ClusterView, { hosts, systems, databases }: Landscape): Named[] {
  const members = new Set(hosts.filter(({ cluster_id }) => cluster_id === cluster.id).map(({ id }) => id));
  const isHere = ({ host_id }: InstanceView) => members.has(host_id);
  return sidsOf(cluster).map((sid) => {
    const database = databases.find((one) => one.sid === sid && one.database_instances.some(isHere));
    if (database !== undefined) return { sid, path: databasePath(database.id) };
    const system = systems.find((one) => one.sid === sid && one.application_instances.some(isHere));
    if (system !== undefined) return { sid, path: sapSystemPath(system.id) };
    return { sid, path: null };
  });
}

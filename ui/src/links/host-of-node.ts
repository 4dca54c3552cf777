/** Which host a node of a cluster is. */
import { hostOfNode as hostAlike } from "../../../domain/cluster/node-names.ts";
import type { HostView } from "../../../domain/host/view.ts";

/** Names need not be unique: a host of the cluster is meant, or else the only one that is called exactly so. */
export function hostOfNode(
  hosts: readonly HostView[],
  name: string,
  clusterId: string,
): HostView | undefined {
  const members = hosts.filter(({ cluster_id }) => cluster_id === clusterId);
  const named = hosts.filter(({ hostname }) => hostname === name);
  return hostAlike(members, name) ?? (named.length === 1 ? named[0] : undefined);
}

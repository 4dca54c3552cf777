/** Which host a node of a cluster is. */
import type { HostView } from "../../../domain/host/view.ts";

/** Names need not be unique: a host of the cluster is meant, or else the only one that is called so. */
export function hostOfNode(
  hosts: readonly HostView[],
  name: string,
  clusterId: string,
): HostView | undefined {
  const named = hosts.filter(({ hostname }) => hostname === name);
  const member = named.find(({ cluster_id }) => cluster_id === clusterId);
  return member ?? (named.length === 1 ? named[0] : undefined);
}

/** Addresses that move with what runs on a node. */
import type { KnownCluster } from "./known-cluster.ts";
import type { CrmResource } from "./payload.ts";
import { attributeOf } from "./resources.ts";

/** Resources that hold an address, in the order in which they are listed. */
export function addressResources(
  { provider }: KnownCluster,
  resources: readonly CrmResource[],
): CrmResource[] {
  const agent = provider === "aws" ? "aws-vpc-move-ip" : "IPaddr2";
  return resources.filter((resource) => resource.agent.endsWith(agent));
}

export function addressOf(cluster: KnownCluster, { id }: CrmResource): string | null {
  return attributeOf(cluster.primitive(id), "ip") || null;
}

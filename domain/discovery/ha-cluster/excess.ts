/** What no cluster has, although each of its lists alone is of a modest size. */
import type { ClusteredInstance } from "../../cluster/details.ts";
import type { Issue } from "../issue.ts";
import { applicationSids } from "./instances.ts";
import type { KnownCluster } from "./known-cluster.ts";

/** Running in all groups and clones together. */
const MOST_RESOURCES = 5_000;
/** All nodes are told of once for each system: some clusters share a handful. */
const MOST_SYSTEMS = 100;

export function excessOf({ placed }: KnownCluster, instances: readonly ClusteredInstance[]): Issue | null {
  if (placed.length > MOST_RESOURCES)
    return { path: ["crmmon"], message: `should have at most ${MOST_RESOURCES} resources` };
  if (applicationSids(instances).length > MOST_SYSTEMS)
    return {
      path: ["cib", "configuration", "resources"],
      message: `should name at most ${MOST_SYSTEMS} SAP systems`,
    };
  return null;
}

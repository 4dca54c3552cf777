/** Nodes that are there only to decide which half of a cluster lives. */
import type { OnlineCluster } from "./payload.ts";
import { HANA_TYPES } from "./resources.ts";

/** By node, the resources that may not run there. */
function bans({ cib }: OnlineCluster): Map<string, Set<string | null>> {
  const banned = new Map<string, Set<string | null>>();
  for (const { node, score, resource } of cib.configuration.constraints.rsc_locations) {
    if (node === null || score !== "-INFINITY") continue;
    banned.set(node, (banned.get(node) ?? new Set()).add(resource));
  }
  return banned;
}

/** Names of the nodes that may run nothing of the database. */
export function majorityMakers(cluster: OnlineCluster): ReadonlySet<string> {
  const { clones, masters } = cluster.cib.configuration.resources;
  const databaseIds = [...clones, ...masters]
    .filter(({ primitive }) => primitive !== null && HANA_TYPES.includes(primitive.type))
    .map(({ id }) => id);
  if (databaseIds.length === 0) return new Set();
  const makers = [...bans(cluster)].filter(([, banned]) => databaseIds.every((id) => banned.has(id)));
  return new Set(makers.map(([node]) => node));
}

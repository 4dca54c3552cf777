/** The cluster or host that a page is about. */
import { useClusters } from "../api/clusters.ts";
import { useHosts } from "../api/hosts.ts";
import { clusterName } from "../clusters/cluster-words.ts";

export type Kind = "hosts" | "clusters";

export interface PageTarget {
  readonly name: string;
  readonly selected: readonly string[];
  readonly list: { readonly path: string; readonly title: string };
}

/** Undefined while it is not known; null where there is none of that id. */
export function usePageTarget(kind: Kind, id: string): PageTarget | null | undefined {
  const hosts = useHosts().data;
  const clusters = useClusters().data;
  if (kind === "hosts") {
    const host = hosts?.find((one) => one.id === id);
    if (host === undefined) return hosts === undefined ? undefined : null;
    return { name: host.hostname, selected: host.selected_checks, list: { path: "/hosts", title: "Hosts" } };
  }
  const cluster = clusters?.find((one) => one.id === id);
  if (cluster === undefined) return clusters === undefined ? undefined : null;
  const list = { path: "/clusters", title: "Clusters" };
  return { name: clusterName(cluster), selected: cluster.selected_checks, list };
}

/** Names of hosts by id; a host that is gone has its id for a name. */
export function useHostnames(): (id: string) => string {
  const { data: hosts } = useHosts();
  return (id) => hosts?.find((host) => host.id === id)?.hostname ?? id;
}

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

interface TargetAnswer {
  /** Undefined while it is not known; null where there is none of that id. */
  readonly target: PageTarget | null | undefined;
  readonly error: Error | null;
  refetch(): unknown;
}

export function usePageTarget(kind: Kind, id: string): TargetAnswer {
  const hosts = useHosts();
  const clusters = useClusters();
  if (kind === "hosts") {
    const { data, error, refetch } = hosts;
    const host = data?.find((one) => one.id === id);
    if (host === undefined) return { target: data === undefined ? undefined : null, error, refetch };
    const list = { path: "/hosts", title: "Hosts" };
    return { target: { name: host.hostname, selected: host.selected_checks, list }, error, refetch };
  }
  const { data, error, refetch } = clusters;
  const cluster = data?.find((one) => one.id === id);
  if (cluster === undefined) return { target: data === undefined ? undefined : null, error, refetch };
  const list = { path: "/clusters", title: "Clusters" };
  return { target: { name: clusterName(cluster), selected: cluster.selected_checks, list }, error, refetch };
}

/** Names of hosts by id; a host that is gone has its id for a name. */
export function useHostnames(): (id: string) => string {
  const { data: hosts } = useHosts();
  return (id) => hosts?.find((host) => host.id === id)?.hostname ?? id;
}

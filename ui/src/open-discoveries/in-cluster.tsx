/** What agents of a cluster's hosts report of it, and is refused. */
import { useHosts } from "../api/hosts.ts";
import { OpenBanners, OpenMarker } from "./open-discoveries.tsx";

interface InCluster {
  readonly clusterId: string;
}

function useMembers(clusterId: string): string[] {
  const { data: hosts } = useHosts();
  return (hosts ?? []).filter(({ cluster_id }) => cluster_id === clusterId).map(({ id }) => id);
}

export function ClusterMarker({ clusterId }: InCluster) {
  return <OpenMarker hostIds={useMembers(clusterId)} of="cluster" />;
}

export function ClusterBanners({ clusterId }: InCluster) {
  return <OpenBanners hostIds={useMembers(clusterId)} of="cluster" />;
}

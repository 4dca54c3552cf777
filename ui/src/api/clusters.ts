/** Clusters, from the API. */
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { type ClusterView, clusterViewSchema } from "../../../domain/cluster/view.ts";
import { useIsMet } from "../live/connection.ts";
import { clustersKey } from "./keys.ts";
import { requestJson } from "./request.ts";

export function useClusters() {
  return useQuery({
    queryKey: clustersKey,
    queryFn: (): Promise<ClusterView[]> => requestJson("/api/v2/clusters", z.array(clusterViewSchema)),
    enabled: useIsMet("clusters"),
    // The room tells of every change; nothing needs to be asked again by itself.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

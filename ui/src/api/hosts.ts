/** Hosts, from the API. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { type HostView, hostViewSchema } from "../../../domain/host/view.ts";
import { withShownHealth } from "../hosts/shown-health.ts";
import { useIsMet } from "../live/connection.ts";
import { hostsKey } from "./keys.ts";
import { request, requestJson } from "./request.ts";

/** One function for all, and one object for each host: what has not changed is neither made nor compared anew. */
const allWithShownHealth = (hosts: HostView[]) => hosts.map(withShownHealth);

export function useHosts() {
  return useQuery({
    queryKey: hostsKey,
    queryFn: (): Promise<HostView[]> => requestJson("/api/v1/hosts", z.array(hostViewSchema)),
    enabled: useIsMet("hosts"),
    select: allWithShownHealth,
    // The room tells of every change; nothing needs to be asked again by itself.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useCleanUp(hostId: string) {
  return useMutation({ mutationFn: () => request(`/api/v1/hosts/${hostId}`, { method: "DELETE" }) });
}

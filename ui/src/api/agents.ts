/** Agents some of whose discoveries are not in force, from the API. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { type AgentView, agentViewSchema } from "../../../domain/agent/view.ts";
import { useIsMet } from "../live/connection.ts";
import { agentsKey } from "./keys.ts";
import { request, requestJson } from "./request.ts";

export function useAgents() {
  return useQuery({
    queryKey: agentsKey,
    queryFn: (): Promise<AgentView[]> => requestJson("/api/v1/agents", z.array(agentViewSchema)),
    enabled: useIsMet("agents"),
    // The room tells of every change.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Until it sends again what is not in force. */
export function useDismissal(agentId: string) {
  return useMutation({
    mutationFn: () => request(`/api/v1/agents/${agentId}/discoveries`, { method: "DELETE" }),
  });
}

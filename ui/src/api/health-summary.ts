/** How all SAP systems and what they stand on are, from the API. */
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { type HealthSummary, healthSummarySchema } from "../../../domain/sap-system/health-summary.ts";
import { useIsMet } from "../live/connection.ts";
import { healthSummaryKey } from "./keys.ts";
import { requestJson } from "./request.ts";

export function useHealthSummary() {
  return useQuery({
    queryKey: healthSummaryKey,
    enabled: useIsMet("hosts", "clusters", "sap_systems", "databases"),
    queryFn: (): Promise<HealthSummary[]> =>
      requestJson("/api/v1/sap_systems/health", z.array(healthSummarySchema)),
    // No room tells of it: it is taken for old whenever a room tells of anything (see `live/live.tsx`).
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** SAP systems and databases, from the API. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { type DatabaseView, databaseViewSchema } from "../../../domain/database/view.ts";
import type { InstanceName } from "../../../domain/instance.ts";
import { type SapSystemView, sapSystemViewSchema } from "../../../domain/sap-system/view.ts";
import { useIsMet } from "../live/connection.ts";
import { databasesKey, sapSystemsKey } from "./keys.ts";
import { request, requestJson } from "./request.ts";

// The rooms tell of every change; nothing needs to be asked again by itself.

export function useSapSystems() {
  return useQuery({
    queryKey: sapSystemsKey,
    enabled: useIsMet("sap_systems"),
    queryFn: (): Promise<SapSystemView[]> => requestJson("/api/v1/sap_systems", z.array(sapSystemViewSchema)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useDatabases() {
  return useQuery({
    queryKey: databasesKey,
    enabled: useIsMet("databases"),
    queryFn: (): Promise<DatabaseView[]> => requestJson("/api/v1/databases", z.array(databaseViewSchema)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Takes an absent instance away. */
export function useCleanUpInstance(kind: "sap_systems" | "databases", id: string, instance: InstanceName) {
  const { host_id, instance_number } = instance;
  const path = `/api/v1/${kind}/${id}/hosts/${host_id}/instances/${instance_number}`;
  return useMutation({ mutationFn: () => request(path, { method: "DELETE" }) });
}

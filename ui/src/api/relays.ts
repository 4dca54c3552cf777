/** Relays, from the API. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { relayViewSchema } from "../../../domain/relay-view.ts";
import { request, requestJson } from "./request.ts";

const path = "/api/v1/relays";
const relaysKey = ["relays"] as const;
/** Milliseconds between two looks: relays have no room of their own. */
const LOOK = 5_000;

export function useRelays() {
  return useQuery({
    queryKey: relaysKey,
    queryFn: () => requestJson(path, z.array(relayViewSchema)),
    refetchInterval: LOOK,
  });
}

export function useRemoveRelay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => request(`${path}/${encodeURIComponent(name)}`, { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: relaysKey }),
  });
}

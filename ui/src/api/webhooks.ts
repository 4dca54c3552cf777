/** Webhooks, from the API. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { endpointSettingsSchema } from "../../../domain/webhooks/endpoint.ts";
import { request, requestJson } from "./request.ts";

const path = "/api/v1/webhooks";
const webhooksKey = ["webhooks"] as const;
/** Milliseconds between two looks: deliveries have no room of their own. */
const LOOK = 5_000;

const endpointSchema = endpointSettingsSchema.extend({
  id: z.guid(),
  disabled_reason: z.string().nullable(),
  inserted_at: z.string(),
  updated_at: z.string(),
});
const withSecretSchema = endpointSchema.extend({ secret: z.string() });
export type Endpoint = z.infer<typeof endpointSchema>;
export type EndpointSettings = z.infer<typeof endpointSettingsSchema>;

export function useEndpoints() {
  return useQuery({ queryKey: webhooksKey, queryFn: () => requestJson(path, z.array(endpointSchema)) });
}

function useChange<Change, Result>(change: (change: Change) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksKey }),
  });
}

/** @returns the secret, which is shown this once */
export function useAddEndpoint() {
  return useChange(async (body: EndpointSettings) => {
    return (await requestJson(path, withSecretSchema, { method: "POST", body })).secret;
  });
}

export function useChangeEndpoint(id: string) {
  return useChange((body: Partial<Omit<EndpointSettings, "signature">>) =>
    requestJson(`${path}/${id}`, endpointSchema, { method: "PATCH", body }),
  );
}

/** @param onRemoved leads away: nothing of it can be asked for any more */
export function useRemoveEndpoint(id: string, onRemoved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request(`${path}/${id}`, { method: "DELETE" }),
    onSuccess: () => {
      onRemoved();
      client.setQueryData<Endpoint[]>(webhooksKey, (all) => all?.filter((one) => one.id !== id));
    },
  });
}

/** @returns the new secret, which is shown this once */
export function useRotateSecret(id: string) {
  return useChange(async () => {
    return (await requestJson(`${path}/${id}/rotate_secret`, withSecretSchema, { method: "POST" })).secret;
  });
}

export const deliveryStatuses = ["waiting", "delivered", "failed"] as const;
const deliverySchema = z.object({
  id: z.string(),
  type: z.string(),
  status: z.enum(deliveryStatuses),
  attempts: z.int(),
  created_at: z.string(),
  next_attempt_at: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;
const detailsSchema = deliverySchema.extend({
  body: z.string(),
  tries: z.array(
    z.object({
      at: z.string(),
      status: z.int().nullable(),
      error: z.string().nullable(),
      duration: z.number(),
    }),
  ),
});

/** @param query of the API: status, before, limit */
export function useDeliveries(id: string, query: URLSearchParams) {
  return useQuery({
    queryKey: [...webhooksKey, id, "deliveries", query.toString()],
    queryFn: () =>
      requestJson(
        `${path}/${id}/deliveries?${query}`,
        z.object({ items: z.array(deliverySchema), next: z.int().nullable() }),
      ),
    refetchInterval: LOOK,
    placeholderData: keepPreviousData,
  });
}

export function useDelivery(id: string, deliveryId: string) {
  return useQuery({
    queryKey: [...webhooksKey, id, "delivery", deliveryId],
    queryFn: () => requestJson(`${path}/${id}/deliveries/${encodeURIComponent(deliveryId)}`, detailsSchema),
    refetchInterval: LOOK,
  });
}

export function useReplay(id: string, deliveryId: string) {
  return useChange(() =>
    request(`${path}/${id}/deliveries/${encodeURIComponent(deliveryId)}/replay`, { method: "POST" }),
  );
}

/** @returns how many are told again */
export function useReplaySince(id: string) {
  return useChange(async (since: string) => {
    const asked = { method: "POST", body: { since } } as const;
    return (await requestJson(`${path}/${id}/replay`, z.object({ count: z.int() }), asked)).count;
  });
}

export function useTestEndpoint(id: string) {
  return useChange(() => request(`${path}/${id}/test`, { method: "POST" }));
}

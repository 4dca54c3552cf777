/** Webhooks, from the API. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { endpointSettingsSchema } from "../../../domain/webhooks/endpoint.ts";
import {
  type DeliveryView,
  deliveryDetailsSchema,
  deliverySchema,
  deliveryStatusSchema,
  type EndpointView,
  endpointViewSchema,
  endpointWithSecretSchema,
} from "../../../domain/webhooks/view.ts";
import { request, requestJson } from "./request.ts";

const path = "/api/v1/webhooks";
const webhooksKey = ["webhooks"] as const;
/** Milliseconds between two looks: deliveries have no room of their own. */
const LOOK = 5_000;

export type Endpoint = EndpointView;
export type EndpointSettings = z.infer<typeof endpointSettingsSchema>;

export function useEndpoints() {
  return useQuery({ queryKey: webhooksKey, queryFn: () => requestJson(path, z.array(endpointViewSchema)) });
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
    return (await requestJson(path, endpointWithSecretSchema, { method: "POST", body })).secret;
  });
}

export function useChangeEndpoint(id: string) {
  return useChange((body: Partial<Omit<EndpointSettings, "signature">>) =>
    requestJson(`${path}/${id}`, endpointViewSchema, { method: "PATCH", body }),
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
    return (await requestJson(`${path}/${id}/rotate_secret`, endpointWithSecretSchema, { method: "POST" }))
      .secret;
  });
}

export const deliveryStatuses = deliveryStatusSchema.options;
export type Delivery = DeliveryView;

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
    queryFn: () =>
      requestJson(`${path}/${id}/deliveries/${encodeURIComponent(deliveryId)}`, deliveryDetailsSchema),
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

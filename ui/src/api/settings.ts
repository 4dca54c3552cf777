/** Settings and versions, from the API. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { requestJson } from "./request.ts";

const apiKeySchema = z.object({
  created_at: z.string(),
  generated_api_key: z.string(),
  expire_at: z.string().nullable(),
});
const apiKeyPath = "/api/v1/settings/api_key";
const apiKeyKey = ["api-key"];

export function useApiKey() {
  return useQuery({ queryKey: apiKeyKey, queryFn: () => requestJson(apiKeyPath, apiKeySchema) });
}

/** Takes the new key's end, ISO 8601 or null for none. */
export function useRotateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (expire_at: string | null) =>
      requestJson(apiKeyPath, apiKeySchema, { method: "PATCH", body: { expire_at } }),
    onSuccess: (key) => client.setQueryData(apiKeyKey, key),
  });
}

const aboutSchema = z.object({ version: z.string(), flavor: z.string(), sles_subscriptions: z.number() });

export function useAbout() {
  return useQuery({ queryKey: ["about"], queryFn: () => requestJson("/api/v1/about", aboutSchema) });
}

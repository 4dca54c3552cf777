/** The activity log, from the API. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { activityEntrySchema } from "../../../domain/activity-log/entry.ts";
import { type RetentionTime, retentionTimeSchema } from "../../../domain/activity-log/retention.ts";
import { requestJson } from "./request.ts";

const pageSchema = z.object({
  data: z.array(activityEntrySchema),
  pagination: z.object({
    start_cursor: z.string().nullable(),
    end_cursor: z.string().nullable(),
    has_next_page: z.boolean(),
    has_previous_page: z.boolean(),
  }),
});

export const activityKey = ["activity"] as const;

/** @param query as the API takes it: filters, and where the page begins @param enabled whether it is time to read */
export function useActivity(query: URLSearchParams, enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: [...activityKey, query.toString()],
    queryFn: () => requestJson(`/api/v1/activity_log?${query}`, pageSchema),
    placeholderData: keepPreviousData,
  });
}

const settingsPath = "/api/v1/settings/activity_log";
const settingsKey = ["activity-log-settings"] as const;
const settingsSchema = z.object({ retention_time: retentionTimeSchema });

export function useRetentionTime() {
  return useQuery({
    queryKey: settingsKey,
    queryFn: async () => (await requestJson(settingsPath, settingsSchema)).retention_time,
  });
}

export function useSetRetentionTime() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (retention_time: RetentionTime) =>
      (await requestJson(settingsPath, settingsSchema, { method: "PUT", body: { retention_time } }))
        .retention_time,
    onSuccess: (time) => client.setQueryData(settingsKey, time),
  });
}

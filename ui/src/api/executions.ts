/** Executions of checks, from the API. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { factErrorSchema } from "../../../checks/facts.ts";
import { checkResultSchema, resolvedValueSchema, resultSchema } from "../../../checks/results.ts";
import type { ExecutionView } from "../../../domain/execution/view.ts";
import { useIsMet } from "../live/connection.ts";
import { definitionSchema } from "./checks.ts";
import { requestJson } from "./request.ts";

/** What a list shows of an execution. */
const summarySchema = z.object({
  execution_id: z.guid(),
  group_id: z.guid(),
  status: z.enum(["running", "completed"]),
  started_at: z.string(),
  completed_at: z.string().nullable(),
  result: resultSchema.nullable(),
  critical_count: z.int().nullable(),
  warning_count: z.int().nullable(),
  passing_count: z.int().nullable(),
  /** Ids of the hosts that did not answer in time. */
  timeout: z.array(z.string()).nullable(),
});
export type ExecutionSummary = z.infer<typeof summarySchema>;

const factSchema = z.union([
  z.object({ check_id: z.string(), name: z.string(), value: z.json() }),
  z.object({ check_id: z.string(), name: z.string(), error: factErrorSchema }),
]);

const detailsSchema = z.object({
  execution_id: z.guid(),
  group_id: z.guid(),
  target_type: z.string(),
  status: z.enum(["running", "completed"]),
  env: z.record(z.string(), z.json()),
  catalogues: z.array(z.object({ name: z.string(), version: z.string() })),
  definitions: z.array(definitionSchema),
  values: z.record(z.string(), z.array(resolvedValueSchema)),
  targets: z.array(
    z.object({
      agent_id: z.string(),
      checks: z.array(z.string()),
      attributes: z.record(z.string(), z.json()),
    }),
  ),
  facts: z.array(z.object({ agent_id: z.string(), facts: z.array(factSchema) })),
  check_results: z.array(checkResultSchema).nullable(),
});
export type ExecutionDetails = z.infer<typeof detailsSchema>;

const path = "/api/v2/checks";
/** All that is asked of one group's executions: when one of them changes, it is asked again. */
export const groupKey = (groupId: string) => ["executions", "group", groupId] as const;
export const progressKey = (groupId: string) => ["executions", "progress", groupId] as const;
export const detailsKey = (id: string) => ["executions", "details", id] as const;

/** The last execution that has ended: null where none has. One that runs has found nothing yet. */
async function readLastEnded(groupId: string): Promise<ExecutionSummary | null> {
  // One runs at a time. A list: browsers complain of a 404, and that nothing was run yet is no fault.
  const { items } = await readHistory(groupId, 1, 2);
  return items.find(({ status }) => status === "completed") ?? null;
}

export function useLastEnded(groupId: string) {
  return useQuery({
    queryKey: [...groupKey(groupId), "last ended"],
    enabled: useIsMet("executions"),
    queryFn: () => readLastEnded(groupId),
  });
}

/** The same with all that it found: both are of the same execution, whatever happens meanwhile. */
export function useLatestResults(groupId: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: [...groupKey(groupId), "latest results"],
    enabled: useIsMet("executions"),
    queryFn: async () => {
      const summary = await readLastEnded(groupId);
      if (summary === null) return null;
      const { execution_id } = summary;
      const known = client.getQueryData<ExecutionDetails>(detailsKey(execution_id));
      const details = known?.status === "completed" ? known : await readDetails(execution_id);
      client.setQueryData(detailsKey(execution_id), details);
      return { summary, details };
    },
  });
}

/** What the room told last of the group's executions; nothing is asked for it. */
export function useProgress(groupId: string): ExecutionView | null {
  const { data } = useQuery<ExecutionView | null>({
    queryKey: progressKey(groupId),
    queryFn: () => null,
    enabled: false,
    initialData: null,
  });
  return data;
}

export const PER_PAGE = 20;

export async function readHistory(groupId: string, page: number, perPage = PER_PAGE) {
  const query = new URLSearchParams({
    group_id: groupId,
    page: String(page),
    items_per_page: String(perPage),
  });
  const schema = z.object({ items: z.array(summarySchema), total_count: z.int() });
  return requestJson(`${path}/executions?${query}`, schema);
}

export function useHistory(groupId: string, page: number) {
  return useQuery({
    queryKey: [...groupKey(groupId), "history", page],
    enabled: useIsMet("executions"),
    queryFn: () => readHistory(groupId, page),
    placeholderData: keepPreviousData,
  });
}

export function readDetails(id: string): Promise<ExecutionDetails> {
  return requestJson(`/api/v1/checks/executions/${id}/details`, detailsSchema);
}

export function useExecutionDetails(id: string | undefined) {
  return useQuery({
    queryKey: detailsKey(id ?? "none"),
    queryFn: () => readDetails(id ?? ""),
    enabled: useIsMet("executions") && id !== undefined,
  });
}

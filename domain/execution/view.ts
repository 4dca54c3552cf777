/** An execution of checks as clients see it while it runs and when it has ended. */
import { z } from "zod";
import type { ExecutionEvent } from "./events.ts";

export const targetSchema = z.object({ agent_id: z.string(), checks: z.array(z.string()) });
export interface Target {
  readonly agent_id: string;
  readonly checks: readonly string[];
}

export const executionResultSchema = z.enum(["passing", "warning", "critical"]);
export type ExecutionResultName = z.infer<typeof executionResultSchema>;

/** What is told of the end of an execution; all else that it found is kept with it. */
export interface ExecutionSummary {
  readonly result: ExecutionResultName;
  /** Ids of the agents that did not answer in time. */
  readonly timeout: readonly string[];
  /** Numbers of checks. */
  readonly critical_count: number;
  readonly warning_count: number;
  readonly passing_count: number;
}

interface Happened {
  readonly version: number;
  readonly occurredAt: string;
}

/** @param events of one execution, from the first on; null where it has not started */
export function executionViewOf(events: readonly (ExecutionEvent & Happened)[]): ExecutionView | null {
  let view = null as ExecutionView | null;
  for (const event of events) {
    const { occurredAt } = event;
    if (event.type === "ExecutionStarted") {
      const { execution_id, group_id, target_type, targets } = event.data;
      view = {
        execution_id,
        group_id,
        target_type,
        status: "running",
        result: null,
        started_at: occurredAt,
        completed_at: null,
        targets: targets.map(({ agent_id, checks }) => ({ agent_id, checks: [...checks] })),
        answered: [],
        timeout: [],
        critical_count: null,
        warning_count: null,
        passing_count: null,
      };
    } else if (view === null) return null;
    else if (event.type === "TargetAnswered") view.answered.push(event.data.agent_id);
    else {
      const { result, timeout, critical_count, warning_count, passing_count } = event.data;
      const counts = { critical_count, warning_count, passing_count };
      view = {
        ...view,
        status: "completed",
        completed_at: occurredAt,
        result,
        timeout: [...timeout],
        ...counts,
      };
    }
  }
  return view;
}

/** Times are ISO 8601 in UTC; what is not known before the end is null until then. */
export const executionViewSchema = z.object({
  execution_id: z.guid(),
  group_id: z.guid(),
  target_type: z.string(),
  status: z.enum(["running", "completed"]),
  result: executionResultSchema.nullable(),
  started_at: z.string(),
  completed_at: z.string().nullable(),
  targets: z.array(targetSchema),
  /** Ids of the agents that have answered. */
  answered: z.array(z.string()),
  timeout: z.array(z.string()),
  critical_count: z.int().nullable(),
  warning_count: z.int().nullable(),
  passing_count: z.int().nullable(),
});
export type ExecutionView = z.infer<typeof executionViewSchema>;

/** An execution of checks as clients see it while it runs and when it has ended. */
import { z } from "zod";

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

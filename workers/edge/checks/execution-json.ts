/** An execution as the API shows it, by version. */
import { z } from "@hono/zod-openapi";
import type { CheckResult } from "../../../checks/results.ts";
import type { ExecutionView } from "../../../domain/execution/view.ts";
import { executionStub } from "../../../durable-objects/streams.ts";
import type { Bindings } from "../../bindings.ts";
import { anyJson } from "../answers.ts";

const result = z.enum(["passing", "warning", "critical"]);

export const executionSchema = z
  .object({
    execution_id: z.guid(),
    group_id: z.guid(),
    status: z.enum(["running", "completed"]),
    started_at: z.string(),
    completed_at: z.string().nullable(),
    result: result.nullable(),
    targets: z.array(z.object({ agent_id: z.string(), checks: z.array(z.string()) })),
    critical_count: z.int().nullable(),
    warning_count: z.int().nullable(),
    passing_count: z.int().nullable(),
    timeout: z.array(z.string()).nullable(),
    check_results: z.array(z.record(z.string(), anyJson())).nullable(),
  })
  .openapi("Execution");
export type ExecutionJson = z.infer<typeof executionSchema>;

export type ApiVersion = 1 | 2;

/** Messages that there are not are left out; version 1 knows no enumerations. */
function resultsIn(version: ApiVersion, results: readonly CheckResult[]): ExecutionJson["check_results"] {
  const text = JSON.stringify(results, (key, value) => {
    if (key === "failure_message" && value === null) return undefined;
    return version === 1 && key === "type" && value === "expect_enum" ? "unknown" : value;
  });
  return JSON.parse(text);
}

export async function executionJson(
  env: Bindings,
  view: ExecutionView,
  version: ApiVersion,
): Promise<ExecutionJson> {
  const { answered, target_type, timeout, ...shown } = view;
  if (view.status === "running") return { ...shown, timeout: null, check_results: null };
  const details = await executionStub(env, view.execution_id).details();
  return { ...shown, timeout, check_results: resultsIn(version, details?.check_results ?? []) };
}

/** What an execution found. Fields as in Wanda's HTTP API; what has no value there is null here. */
import { z } from "zod";
import { expectationTypes } from "./definition.ts";
import { jsonValue } from "./json.ts";

export const resultSchema = z.enum(["passing", "warning", "critical"]);
export type Result = z.infer<typeof resultSchema>;

const factOrErrorSchema = z.union([
  z.object({ check_id: z.string(), name: z.string(), value: jsonValue() }),
  z.object({ check_id: z.string(), name: z.string(), type: z.string(), message: z.string() }),
]);

export const resolvedValueSchema = z.object({
  name: z.string(),
  value: jsonValue(),
  customized: z.boolean(),
});

const expectationEvaluationSchema = z.object({
  name: z.string(),
  type: z.enum(expectationTypes),
  return_value: jsonValue(),
  failure_message: z.string().nullable(),
});
const expectationEvaluationErrorSchema = z.object({
  name: z.string(),
  /** Kind of the innermost error, as `property_not_found`. */
  type: z.string(),
  message: z.string(),
});

export const agentCheckResultSchema = z.object({
  agent_id: z.string(),
  status: z.enum(["executed", "excluded"]),
  exclude_expression: z.string().nullable(),
  facts: z.array(factOrErrorSchema),
  values: z.array(resolvedValueSchema),
  expectation_evaluations: z.array(z.union([expectationEvaluationSchema, expectationEvaluationErrorSchema])),
});
export const agentCheckErrorSchema = z.object({
  agent_id: z.string(),
  facts: z.array(factOrErrorSchema).nullable(),
  /** `timeout` or `fact_gathering_error`. */
  type: z.string(),
  message: z.string(),
});
export const expectationResultSchema = z.object({
  name: z.string(),
  type: z.enum(expectationTypes),
  result: z.union([z.boolean(), resultSchema]),
  failure_message: z.string().nullable(),
});
export const checkResultSchema = z.object({
  check_id: z.string(),
  customized: z.boolean(),
  result: resultSchema,
  expectation_results: z.array(expectationResultSchema),
  agents_check_results: z.array(z.union([agentCheckResultSchema, agentCheckErrorSchema])),
});

export type FactOrError = z.infer<typeof factOrErrorSchema>;
export type ResolvedValue = z.infer<typeof resolvedValueSchema>;
export type ExpectationEvaluation = z.infer<typeof expectationEvaluationSchema>;
export type ExpectationEvaluationError = z.infer<typeof expectationEvaluationErrorSchema>;
export type AgentCheckResult = z.infer<typeof agentCheckResultSchema>;
export type AgentCheckError = z.infer<typeof agentCheckErrorSchema>;
export type ExpectationResult = z.infer<typeof expectationResultSchema>;
export type CheckResult = z.infer<typeof checkResultSchema>;

export interface ExecutionResult {
  readonly result: Result;
  readonly check_results: readonly CheckResult[];
  /** Ids of the agents that did not answer in time. */
  readonly timeout: readonly string[];
}

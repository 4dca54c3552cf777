/** What happens in an execution. */
import type { DomainEvent } from "../decider.ts";
import type { ExecutionSummary, Target } from "./view.ts";

interface OfExecution {
  readonly execution_id: string;
  readonly group_id: string;
  readonly target_type: string;
}

export type ExecutionStarted = DomainEvent<
  "ExecutionStarted",
  OfExecution & { readonly targets: readonly Target[] }
>;
export type TargetAnswered = DomainEvent<"TargetAnswered", OfExecution & { readonly agent_id: string }>;
export type ExecutionCompleted = DomainEvent<"ExecutionCompleted", OfExecution & ExecutionSummary>;

export type ExecutionEvent = ExecutionStarted | TargetAnswered | ExecutionCompleted;

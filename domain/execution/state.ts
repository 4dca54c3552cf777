/** What an execution's decisions need to remember. */
import type { ExecutionSummary, Target } from "./view.ts";

export interface ExecutionState {
  readonly status: "not_started" | "running" | "completed";
  readonly group_id: string;
  readonly target_type: string;
  readonly targets: readonly Target[];
  readonly answered: readonly string[];
  /** Null until it has completed. */
  readonly result: ExecutionSummary["result"] | null;
}

export const initialExecution: ExecutionState = {
  status: "not_started",
  group_id: "",
  target_type: "",
  targets: [],
  answered: [],
  result: null,
};

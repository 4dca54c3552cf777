/** The execution aggregate. */
import type { Decider } from "../decider.ts";
import type { ExecutionCommand, ExecutionRefusal } from "./commands.ts";
import { decideExecution } from "./decide.ts";
import type { ExecutionEvent } from "./events.ts";
import { evolveExecution } from "./evolve.ts";
import { type ExecutionState, initialExecution } from "./state.ts";

export const execution: Decider<ExecutionState, ExecutionCommand, ExecutionEvent, ExecutionRefusal> = {
  initialState: () => initialExecution,
  decide: decideExecution,
  evolve: evolveExecution,
};

export type { ExecutionCommand, ExecutionEvent, ExecutionRefusal, ExecutionState };

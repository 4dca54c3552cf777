/** What an execution's events make of its state. */
import type { ExecutionEvent } from "./events.ts";
import type { ExecutionState } from "./state.ts";

export function evolveExecution(state: ExecutionState, event: ExecutionEvent): ExecutionState {
  switch (event.type) {
    case "ExecutionStarted": {
      const { group_id, target_type, targets } = event.data;
      return { ...state, status: "running", group_id, target_type, targets };
    }
    case "TargetAnswered":
      return { ...state, answered: [...state.answered, event.data.agent_id] };
    case "ExecutionCompleted":
      return { ...state, status: "completed", result: event.data.result };
    default:
      return state;
  }
}

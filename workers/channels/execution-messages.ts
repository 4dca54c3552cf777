/** What Trento's channel `monitoring:executions` says of the events of an execution. */
import type { ExecutionView } from "../../domain/execution/view.ts";
import type { StoredExecutionEvent } from "../subscription/typed-events.ts";
import type { Said, Subject } from "./message.ts";

/** Null for an event of which clients are told nothing. */
export function sayOfExecution(event: StoredExecutionEvent, _: Subject<ExecutionView>): Said | null {
  const { execution_id, group_id, target_type } = event.data;
  switch (event.type) {
    case "ExecutionStarted": {
      const { targets } = event.data;
      return { event: "execution_started", payload: { group_id, execution_id, targets, target_type } };
    }
    case "ExecutionCompleted":
      return { event: "execution_completed", payload: { group_id, target_type } };
    default:
      return null;
  }
}

/** What an execution answers to a command. */
import { accept, type Decision, refuse } from "../decider.ts";
import type { ExecutionCommand, ExecutionRefusal } from "./commands.ts";
import type { ExecutionEvent } from "./events.ts";
import type { ExecutionState } from "./state.ts";

/** It starts once and ends once; of a target's answers the first counts, and none after the end. */
export function decideExecution(
  command: ExecutionCommand,
  state: ExecutionState,
): Decision<ExecutionEvent, ExecutionRefusal> {
  if (command.type === "StartExecution") {
    if (state.status !== "not_started") return accept();
    return accept<ExecutionEvent>({ type: "ExecutionStarted", data: command.data });
  }
  if (state.status === "not_started") return refuse("execution_not_started");
  const { group_id, target_type, targets, answered } = state;
  switch (command.type) {
    case "ReceiveAnswer": {
      const { execution_id, agent_id } = command.data;
      if (!targets.some((target) => target.agent_id === agent_id)) return refuse("agent_not_a_target");
      if (state.status === "completed" || answered.includes(agent_id)) return accept();
      return accept<ExecutionEvent>({
        type: "TargetAnswered",
        data: { execution_id, group_id, target_type, agent_id },
      });
    }
    case "CompleteExecution":
      if (state.status === "completed") return accept();
      return accept<ExecutionEvent>({
        type: "ExecutionCompleted",
        data: { ...command.data, group_id, target_type },
      });
  }
}

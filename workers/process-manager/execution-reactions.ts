/** What follows from the end of an execution. */
import { checksGroupStub } from "../../durable-objects/checks-group.ts";
import type { AggregateCommand } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import type { StoredExecutionEvent } from "../subscription/typed-events.ts";
import { sendCommand } from "./commands.ts";

type Completed = Extract<StoredExecutionEvent, { type: "ExecutionCompleted" }>;

/** Null for a group that is nothing of the landscape: anybody may start an execution. */
function consequence({ data: { group_id, target_type, result } }: Completed): AggregateCommand | null {
  switch (target_type) {
    case "cluster":
      return { type: "CompleteChecksExecution", data: { cluster_id: group_id, health: result } };
    case "host":
      return { type: "CompleteHostChecksExecution", data: { host_id: group_id, health: result } };
    default:
      return null;
  }
}

export async function reactToExecution(event: StoredExecutionEvent, env: Bindings): Promise<void> {
  if (event.type !== "ExecutionCompleted") return;
  const command = consequence(event);
  if (command !== null) await sendCommand(env, event, command);
  await checksGroupStub(env, event.data.group_id).ended(event.data.execution_id);
}

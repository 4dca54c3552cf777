/** What those beyond a relay are told of an execution. */

import { activeTargets, type ExecutionPlan, factRequests } from "../../checks/planning/plan.ts";
import type { ToRelay } from "../../checks/relay-messages.ts";
import type { ExecutionSummary } from "../../domain/execution/view.ts";
import { RESULTS_WAIT, toRelay } from "../relays.ts";

/** @param deadline milliseconds; null where nobody is asked */
export function startedMessages(plan: ExecutionPlan, deadline: number | null): ToRelay[] {
  const { execution_id, group_id, target_type } = plan;
  const targets = activeTargets(plan);
  const started = toRelay(
    `${execution_id}/started`,
    {
      type: "ExecutionStarted",
      execution_id,
      group_id,
      targets: targets.map(({ agent_id, checks }) => ({ agent_id, checks: [...checks] })),
      target_type,
    },
    RESULTS_WAIT,
  );
  if (deadline === null) return [started];
  const now = Date.now();
  const asked = toRelay(
    `${execution_id}/facts`,
    {
      type: "FactsGatheringRequested",
      execution_id,
      group_id,
      targets: targets.map((target) => ({
        agent_id: target.agent_id,
        fact_requests: [...factRequests(plan, target)],
      })),
    },
    deadline - now,
    now,
  );
  return [started, asked];
}

export function completedMessage(
  { execution_id, group_id, target_type }: ExecutionPlan,
  result: ExecutionSummary["result"],
): ToRelay {
  return toRelay(
    `${execution_id}/completed`,
    { type: "ExecutionCompleted", execution_id, group_id, result, target_type },
    RESULTS_WAIT,
  );
}

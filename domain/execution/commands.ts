/** What can be asked of an execution: one run of checks on the hosts of one group. */
import type { Command } from "../decider.ts";
import type { ExecutionSummary, Target } from "./view.ts";

interface OfExecution {
  readonly execution_id: string;
}

/** A group is a cluster with its hosts, or a host by itself; it has the cluster's or the host's id. */
export type StartExecution = Command<
  "StartExecution",
  OfExecution & {
    readonly group_id: string;
    /** `cluster` or `host`; who starts an execution from outside may name another. */
    readonly target_type: string;
    readonly targets: readonly Target[];
  }
>;
/** A target answered what it was asked for. */
export type ReceiveAnswer = Command<"ReceiveAnswer", OfExecution & { readonly agent_id: string }>;
export type CompleteExecution = Command<"CompleteExecution", OfExecution & ExecutionSummary>;

export type ExecutionCommand = StartExecution | ReceiveAnswer | CompleteExecution;

export type ExecutionRefusal = "execution_not_started" | "agent_not_a_target";

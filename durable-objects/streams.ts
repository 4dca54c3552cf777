/** Finds the Durable Object of a stream, and the stream of a command. */

import type { FactsGathered } from "../checks/agent-messages.ts";
import type { ExecutionPlan } from "../checks/planning/plan.ts";
import type {
  ClusterAggregate,
  ClusterCommand,
  ClusterEvent,
  ClusterRefusal,
} from "../domain/cluster/index.ts";
import type {
  DatabaseAggregate,
  DatabaseCommand,
  DatabaseEvent,
  DatabaseRefusal,
} from "../domain/database/index.ts";
import type { DomainEvent } from "../domain/decider.ts";
import type {
  ExecutionCommand,
  ExecutionEvent,
  ExecutionRefusal,
  ExecutionState,
} from "../domain/execution/index.ts";
import type { HostCommand, HostEvent, HostRefusal, HostState } from "../domain/host/index.ts";
import type {
  SapSystemAggregate,
  SapSystemCommand,
  SapSystemEvent,
  SapSystemRefusal,
} from "../domain/sap-system/index.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import type { AggregateStub } from "./event-stream/aggregate-object.ts";
import type { CommandOutcome, CommandRequest } from "./event-stream/commands.ts";
import type { StoredEvent, StreamName } from "./event-stream/events.ts";
import type { Receipt } from "./execution/receipt.ts";
import type { ExecutionDetails } from "./execution.ts";

/** Commands that are sent from outside an aggregate. An execution gives its own to itself. */
export type AggregateCommand = HostCommand | ClusterCommand | DatabaseCommand | SapSystemCommand;
export type AggregateBindings = Pick<
  DurableObjectBindings,
  "HOST" | "CLUSTER" | "DATABASE" | "SAP_SYSTEM" | "EXECUTION" | "AGENT"
>;

export type HostStub = AggregateStub<HostCommand, HostEvent, HostRefusal, HostState>;
export type ClusterStub = AggregateStub<ClusterCommand, ClusterEvent, ClusterRefusal, ClusterAggregate>;
export type DatabaseStub = AggregateStub<DatabaseCommand, DatabaseEvent, DatabaseRefusal, DatabaseAggregate>;
export type SapSystemStub = AggregateStub<
  SapSystemCommand,
  SapSystemEvent,
  SapSystemRefusal,
  SapSystemAggregate
>;

export interface ExecutionStub
  extends AggregateStub<ExecutionCommand, ExecutionEvent, ExecutionRefusal, ExecutionState> {
  start(plan: ExecutionPlan, timeout: number): Promise<"started" | "started_before" | "too_large">;
  receiveFacts(agentId: string, answer: FactsGathered): Promise<Receipt>;
  status(): Promise<ExecutionState["status"]>;
  details(): Promise<ExecutionDetails | null>;
}

// The platform's RPC types cannot express our recursive ones; the methods are those of `AggregateObject`.

export function hostStub({ HOST }: Pick<AggregateBindings, "HOST">, id: string): HostStub {
  return HOST.getByName(id) as unknown as HostStub;
}

export function clusterStub({ CLUSTER }: Pick<AggregateBindings, "CLUSTER">, id: string): ClusterStub {
  return CLUSTER.getByName(id) as unknown as ClusterStub;
}

export function databaseStub({ DATABASE }: Pick<AggregateBindings, "DATABASE">, id: string): DatabaseStub {
  return DATABASE.getByName(id) as unknown as DatabaseStub;
}

export function sapSystemStub(
  { SAP_SYSTEM }: Pick<AggregateBindings, "SAP_SYSTEM">,
  id: string,
): SapSystemStub {
  return SAP_SYSTEM.getByName(id) as unknown as SapSystemStub;
}

export function executionStub(
  { EXECUTION }: Pick<AggregateBindings, "EXECUTION">,
  id: string,
): ExecutionStub {
  return EXECUTION.getByName(id) as unknown as ExecutionStub;
}

export const LATEST = { version: Number.MAX_SAFE_INTEGER };

/** A command names the aggregate that it is for; one for a member names the whole beside the member. */
export function streamOf({ data }: AggregateCommand): StreamName {
  if ("sap_system_id" in data) return { type: "sap_system", id: data.sap_system_id };
  if ("cluster_id" in data) return { type: "cluster", id: data.cluster_id };
  if ("database_id" in data) return { type: "database", id: data.database_id };
  return { type: "host", id: data.host_id };
}

type AnyStub = AggregateStub<AggregateCommand, DomainEvent, string>;

export function streamStub(env: AggregateBindings, { type, id }: StreamName): AnyStub {
  switch (type) {
    case "host":
      return env.HOST.getByName(id) as unknown as AnyStub;
    case "cluster":
      return env.CLUSTER.getByName(id) as unknown as AnyStub;
    case "database":
      return env.DATABASE.getByName(id) as unknown as AnyStub;
    case "sap_system":
      return env.SAP_SYSTEM.getByName(id) as unknown as AnyStub;
    case "execution":
      return env.EXECUTION.getByName(id) as unknown as AnyStub;
    case "agent":
      return env.AGENT.getByName(id) as unknown as AnyStub;
    default:
      throw new Error(`there are no streams of type ${type}`);
  }
}

/** Sends a command to the aggregate that it names. */
export function execute(
  env: AggregateBindings,
  command: AggregateCommand,
  request: Omit<CommandRequest<AggregateCommand>, "command" | "stream">,
): Promise<CommandOutcome> {
  const stream = streamOf(command);
  return streamStub(env, stream).execute({ stream, command, ...request });
}

/** Events of a stream from a version on, as many as fit one page. */
export function readEventsOf(env: AggregateBindings) {
  return async (stream: StreamName, from: number, to: number): Promise<readonly StoredEvent[]> =>
    streamStub(env, stream).readEvents(from, to);
}

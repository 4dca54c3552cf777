/** Tells the events of one type of aggregate from those of others: a stream's type decides what its events are. */
import type { AgentEvent } from "../../domain/agent/index.ts";
import type { ClusterEvent } from "../../domain/cluster/index.ts";
import type { DatabaseEvent } from "../../domain/database/index.ts";
import type { ExecutionEvent } from "../../domain/execution/index.ts";
import type { HostEvent } from "../../domain/host/index.ts";
import type { SapSystemEvent } from "../../domain/sap-system/index.ts";
import type { StoredEvent } from "../../durable-objects/event-stream/events.ts";
import type { Progress } from "./progress.ts";

interface EventsByType {
  agent: AgentEvent;
  host: HostEvent;
  cluster: ClusterEvent;
  database: DatabaseEvent;
  sap_system: SapSystemEvent;
  execution: ExecutionEvent;
}
export type StreamType = keyof EventsByType;

/** A stored event whose type and data belong together. */
export type Stored<E> = E & Pick<StoredEvent, "version" | "id" | "occurredAt" | "metadata">;
export type StoredHostEvent = Stored<HostEvent>;
export type StoredClusterEvent = Stored<ClusterEvent>;
export type StoredDatabaseEvent = Stored<DatabaseEvent>;
export type StoredSapSystemEvent = Stored<SapSystemEvent>;
export type StoredExecutionEvent = Stored<ExecutionEvent>;

/** The events of a stream of this type; none for any other. A stream holds what its aggregate's `decide` returned. */
export function eventsOf<Type extends StreamType>(
  type: Type,
  progress: Pick<Progress, "stream" | "events">,
): readonly Stored<EventsByType[Type]>[] {
  return progress.stream.type === type
    ? (progress.events as readonly unknown[] as readonly Stored<EventsByType[Type]>[])
    : [];
}

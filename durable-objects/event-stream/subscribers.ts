/** Who is told of events. */
import type { Nudge } from "./events.ts";

/** The subscriber that writes what everybody reads. */
export const PROJECTOR = "projector";

/** A queue takes several nudges, of any streams, as one message. */
export interface NudgeQueue {
  send(nudges: readonly Nudge[]): Promise<unknown>;
  metrics(): Promise<QueueMetrics>;
}

/** A subscriber has a queue of its own, with a dead-letter queue, and a checkpoint per stream under its name. */
export interface Subscriber {
  readonly name: string;
  /** Types of the events that it is told of; all when there is no such list. Others cost no message. */
  readonly wants?: ReadonlySet<string>;
  readonly queue: NudgeQueue;
}

/** Where each subscriber stands on one stream: the last version that it has applied, by the subscriber's name. */
export type ReadCheckpoints = (stream: string) => Promise<ReadonlyMap<string, number>>;

/** Who is told of events. */
import type { Nudge } from "./events.ts";

/** The subscriber that writes what everybody reads. */
export const PROJECTOR = "projector";

/** A subscriber has a queue of its own, with a dead-letter queue, and a checkpoint per stream under its name. */
export interface Subscriber {
  readonly name: string;
  /** Types of the events that it is told of; all when there is no such list. Others cost no message. */
  readonly wants?: ReadonlySet<string>;
  readonly queue: { send(nudge: Nudge): Promise<unknown> };
}

/** Where each subscriber stands on one stream: the last version that it has applied, by the subscriber's name. */
export type ReadCheckpoints = (stream: string) => Promise<ReadonlyMap<string, number>>;

/** The way of one stream to one subscriber. */
import type { StoredEvent, StreamName } from "../../durable-objects/event-stream/events.ts";

/** What a subscriber is given of one stream: the events right after its checkpoint, in order, without a gap. */
export interface Progress {
  readonly stream: StreamName;
  /** The checkpoint before: the first event has the next version. */
  readonly previous: number;
  /** None when a nudge was repeated for what is applied already. */
  readonly events: readonly StoredEvent[];
}

/** The checkpoint after the events were applied. */
export function reached(progress: Progress): number {
  return progress.events.at(-1)?.version ?? progress.previous;
}

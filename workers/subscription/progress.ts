/** The way of one stream to one subscriber. */
import type { StoredEvent, StreamName } from "../../durable-objects/event-stream/events.ts";

/** What a subscriber is given of one stream: the events that concern it right after its checkpoint, in order. */
export interface Progress {
  readonly stream: StreamName;
  /** The checkpoint before. */
  readonly previous: number;
  /** The checkpoint after the events were applied: that of `previous` when a nudge was repeated for what is applied already. */
  readonly reached: number;
  readonly events: readonly StoredEvent[];
  /** It was delivered before, and not acknowledged: part of the work may be done. */
  readonly isRetried: boolean;
}

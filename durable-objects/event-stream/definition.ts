/** What the event stream must know of an aggregate. */
import type { Command, Decider, DomainEvent } from "../../domain/decider.ts";

/** Turns an event's data of one schema version into that of the next. */
export type Upcaster = (data: unknown) => unknown;

export interface AggregateDefinition<S, C extends Command, E extends DomainEvent, Refusal extends string>
  extends Decider<S, C, E, Refusal> {
  /** Name of the aggregate's type, as in `host`. */
  readonly type: string;
  /** By event type: upcasters from version 1 to 2, from 2 to 3, and so on. Their number tells the current version. */
  readonly upcasters: Readonly<Partial<Record<string, readonly Upcaster[]>>>;
  /** Raised whenever the state's shape changes: older snapshots are then passed over. */
  readonly snapshotSchema: number;
  /** After this event the stream is closed; null where none closes it ... */
  readonly closedBy: E["type"] | null;
  /** ... until a decision that starts with one of these. */
  readonly reopenedBy: readonly E["type"][];
}

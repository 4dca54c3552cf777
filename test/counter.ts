/** A small aggregate: what every event stream must do is shown with it. */
import { accept, type Command, type Decision, type DomainEvent, refuse } from "../domain/decider.ts";
import type { DurableObjectBindings } from "../durable-objects/bindings.ts";
import { AggregateObject, type AggregateStub } from "../durable-objects/event-stream/aggregate-object.ts";
import type { AggregateDefinition } from "../durable-objects/event-stream/definition.ts";
import type { Nudge } from "../durable-objects/event-stream/events.ts";
import type { NudgeQueue, Subscriber } from "../durable-objects/event-stream/subscribers.ts";

export type CounterCommand =
  | Command<"Add", { amount: number; times?: number }>
  | Command<"Note", { text: string }>
  | Command<"Close", object>
  | Command<"Reopen", object>;

/** `Added` had its amount as text in schema 1. */
export type CounterEvent =
  | DomainEvent<"Added", { amount: number }>
  | DomainEvent<"Noted", { text: string }>
  | DomainEvent<"Closed", object>
  | DomainEvent<"Reopened", object>;

export interface CounterState {
  readonly sum: number;
}

type CounterRefusal = "too_much";

function decide(command: CounterCommand, state: CounterState): Decision<CounterEvent, CounterRefusal> {
  switch (command.type) {
    case "Add": {
      const { amount, times = 1 } = command.data;
      if (amount === 0) return accept();
      if (state.sum + amount > 1_000_000) return refuse("too_much");
      return accept(
        ...Array.from({ length: times }, (): CounterEvent => ({ type: "Added", data: { amount } })),
      );
    }
    case "Note":
      return accept<CounterEvent>({ type: "Noted", data: { text: command.data.text } });
    case "Close":
      return accept<CounterEvent>({ type: "Closed", data: {} });
    case "Reopen":
      return accept<CounterEvent>({ type: "Reopened", data: {} });
  }
}

export const counter: AggregateDefinition<CounterState, CounterCommand, CounterEvent, CounterRefusal> = {
  type: "counter",
  initialState: () => ({ sum: 0 }),
  decide,
  evolve: (state, event) => (event.type === "Added" ? { sum: state.sum + event.data.amount } : state),
  upcasters: {
    Added: [
      (data) => ({
        amount: data !== null && typeof data === "object" && "amount" in data ? Number(data.amount) : 0,
      }),
    ],
  },
  snapshotSchema: 1,
  closedBy: "Closed",
  reopenedBy: ["Reopened"],
};

/** A queue that a test can stop and look into. */
export class QueueInHand {
  readonly taken: Nudge[] = [];
  broken = false;

  async send(nudges: readonly Nudge[]): Promise<void> {
    if (this.broken) throw new Error("the queue is broken");
    this.taken.push(...nudges);
  }

  /** Set by a test: since when (ms) a message waits in it. */
  waitingSince: number | null = null;

  async metrics(): Promise<QueueMetrics> {
    return this.waitingSince === null
      ? { backlogCount: 0, backlogBytes: 0 }
      : { backlogCount: 1, backlogBytes: 1, oldestMessageTimestamp: new Date(this.waitingSince) };
  }
}

export class CounterObject extends AggregateObject<
  CounterState,
  CounterCommand,
  CounterEvent,
  CounterRefusal
> {
  readonly queue = new QueueInHand();
  /** Set by a test: a queue that other objects send to, too. */
  sharedQueue: NudgeQueue | null = null;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env, counter);
  }

  protected override subscribers(): readonly Subscriber[] {
    return [{ name: "listener", queue: this.sharedQueue ?? this.queue }];
  }
}

export type CounterStub = AggregateStub<CounterCommand, CounterEvent, CounterRefusal, CounterState>;

/** A Durable Object that holds one aggregate: its stream, and the delivery of what happens in it. */
import { DurableObject } from "cloudflare:workers";
import type { Command, DomainEvent } from "../../domain/decider.ts";
import { Alarm } from "../alarm.ts";
import type { DurableObjectBindings } from "../bindings.ts";
import { count, handOver } from "../metrics/tally.ts";
import { areWebhooksWanted } from "../webhook-interest.ts";
import { readCheckpoints } from "./checkpoints.ts";
import type { CommandOutcome, CommandRequest } from "./commands.ts";
import type { AggregateDefinition } from "./definition.ts";
import { Delivery } from "./delivery.ts";
import { EventStream } from "./event-stream.ts";
import type { StoredEvent, StreamName } from "./events.ts";
import type { Subscriber } from "./subscribers.ts";

/** Milliseconds from a commit to the first look at the subscribers' checkpoints, unless `REDELIVERY_DELAY_MS` says otherwise. */
const REDELIVERY_DELAY = 10_000;
/** What one call reads at most: the platform passes 32 MiB, and a reader holds its page in memory. */
const PAGE_EVENTS = 500;
const LATEST = { version: Number.MAX_SAFE_INTEGER };
const PAGE_CHARACTERS = 4_000_000;

/** Typed calls to an aggregate's object, as its callers see them. */
export interface AggregateStub<C extends Command, E extends DomainEvent, R extends string, S = unknown> {
  execute(request: CommandRequest<C>): Promise<CommandOutcome<R>>;
  readEvents(from: number, to?: number): Promise<StoredEvent<E>[]>;
  stateAt(moment: { version: number } | { time: string }): Promise<{ version: number; state: S }>;
  describe(): Promise<{ name: StreamName | null; version: number }>;
  look(checkpoints: Readonly<Record<string, number>> | null): Promise<void>;
}

export abstract class AggregateObject<
  S,
  C extends Command,
  E extends DomainEvent,
  R extends string,
> extends DurableObject<DurableObjectBindings> {
  readonly #definition: AggregateDefinition<S, C, E, R>;
  readonly #delivery: Delivery;
  readonly #alarm: Alarm;
  #wasLookedAt = false;
  #stream: EventStream<S, C, E, R>;

  constructor(
    ctx: DurableObjectState,
    env: DurableObjectBindings,
    definition: AggregateDefinition<S, C, E, R>,
  ) {
    super(ctx, env);
    const { storage } = ctx;
    this.#alarm = new Alarm(storage);
    this.#delivery = new Delivery({
      storage,
      setAlarm: (at) => this.wakeForDelivery(at),
      isAlarmAhead: () => this.isDeliveryAhead(),
      subscribers: () => this.subscribers(),
      readCheckpoints: readCheckpoints(env.DB),
      now: () => Date.now(),
      pause: (milliseconds) => scheduler.wait(milliseconds),
      random: () => Math.random(),
      firstCheckAfter: Number(env.REDELIVERY_DELAY_MS ?? REDELIVERY_DELAY),
      readStream: () => ({ name: this.#stream.name, version: this.#stream.version }),
      readEvents: (from, to) => this.#stream.read(from, to),
      lastVersionOf: (types, before) => this.#stream.lastVersionOf(types, before),
      firstVersionOf: (types, after) => this.#stream.firstVersionOf(types, after),
    });
    this.#definition = definition;
    this.#stream = this.#openStream();
  }

  #openStream(): EventStream<S, C, E, R> {
    return new EventStream(this.ctx.storage, this.#definition, {
      now: () => new Date(),
      onAppend: (events) => this.#delivery.onAppend(events),
    });
  }

  protected abstract subscribers(): readonly Subscriber[];

  /** Third parties, where there are any: they may want anything. */
  protected webhooks(): readonly Subscriber[] {
    const isWanted = areWebhooksWanted(this.env.DB, (work) => this.ctx.waitUntil(work));
    return isWanted ? [{ name: "webhooks", queue: this.env.WEBHOOKS_QUEUE }] : [];
  }

  async execute(request: CommandRequest<C>): Promise<CommandOutcome<R>> {
    return this.handle(request);
  }

  /** As `execute`, within the caller's turn, and transaction if it is in one. */
  protected handle(request: CommandRequest<C>): CommandOutcome<R> {
    this.lookOnce();
    const before = this.#stream.version;
    let outcome: CommandOutcome<R>;
    try {
      outcome = this.#stream.handle(request);
    } catch (error) {
      this.#delivery.onRollback();
      throw error;
    }
    // The answer does not wait for the queues; what they do not take now, the alarm sends.
    if (this.#stream.version > before) this.ctx.waitUntil(this.#delivery.publish());
    count("trento_edge_commands_total", { aggregate: this.#definition.type, outcome: outcome.status });
    handOver(this.env, (work) => this.ctx.waitUntil(work));
    return outcome;
  }

  /** Events from `from` on, up to `to`, as many as fit one page; none means that there are none. */
  async readEvents(from: number, to: number = Number.MAX_SAFE_INTEGER): Promise<StoredEvent<E>[]> {
    this.lookOnce();
    const page: StoredEvent<E>[] = [];
    let characters = 0;
    for (const event of this.#stream.read(from, Math.min(to, from + PAGE_EVENTS - 1))) {
      characters += JSON.stringify(event.data).length;
      if (page.length > 0 && characters > PAGE_CHARACTERS) break;
      page.push(event);
    }
    return page;
  }

  async stateAt(moment: { version: number } | { time: string }): Promise<{ version: number; state: S }> {
    this.lookOnce();
    return this.#stream.stateAt(moment);
  }

  async describe(): Promise<{ name: StreamName | null; version: number }> {
    this.lookOnce();
    return { name: this.#stream.name, version: this.#stream.version };
  }

  /**
   * Somebody looks whether what is to be done is waited for.
   * @param checkpoints where the subscribers stand, by their names; null where it is not known
   */
  async look(checkpoints: Readonly<Record<string, number>> | null): Promise<void> {
    await this.#delivery.look(checkpoints === null ? null : new Map(Object.entries(checkpoints)));
  }

  /** Whoever wakes for something else sees to its alarm too. */
  protected lookOnce(): void {
    if (this.#wasLookedAt) return;
    this.#wasLookedAt = true;
    this.ctx.waitUntil(this.look(null));
  }

  /** The alarm rings: then it is not forgotten. */
  protected ring(info: AlarmInvocationInfo | undefined): void {
    this.#wasLookedAt = true;
    this.#alarm.ring(info);
  }

  /** Takes away all that is stored, as if it had never been: for what is kept for a time alone. */
  protected async erase(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    this.#stream = this.#openStream();
  }

  protected get state(): S {
    return this.#stream.stateAt(LATEST).state;
  }

  /** An object has one alarm: one that is woken for more than delivery keeps the times itself. */
  protected wakeForDelivery(at: number): void {
    this.#alarm.set(at);
  }

  /** Whether it is going to be woken for delivery. */
  protected async isDeliveryAhead(): Promise<boolean> {
    return this.#alarm.isAhead();
  }

  protected async redeliver(): Promise<void> {
    await this.#delivery.redeliver();
  }

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.ring(info);
    await this.redeliver();
  }
}

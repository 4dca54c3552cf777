/** The product over simulated ports: objects, queues and D1, chance's blows, and what must hold of every event store. */

import type { Nudge, NudgeMessage } from "../../durable-objects/event-stream/events.ts";
import { SimulatedD1 } from "./d1.ts";
import { Namespace, type ObjectClass, SimulatedObject } from "./objects.ts";
import { plants } from "./plants.ts";
import { type Delivered, SimulatedQueue } from "./queues.ts";
import { type Faults, NO_FAULTS, World } from "./world.ts";

export interface SubscriberUnderTest {
  readonly name: string;
  /** Undefined: all. */
  wants(type: string): ReadonlySet<string> | null | undefined;
}

export interface Parts {
  readonly classes: Readonly<Record<string, ObjectClass>>;
  /** By binding: the consumer, under the name of its subscriber. */
  readonly queues: Readonly<
    Record<
      string,
      { subscriber: string; consume(messages: readonly Delivered<NudgeMessage>[], env: never): Promise<void> }
    >
  >;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The subscriber that is told of every event. */
  readonly hearsAll: string;
  /** Kinds of objects that hold a stream. */
  readonly streams: readonly string[];
}

interface Known {
  readonly ids: string[];
}

const HOUR = 3_600_000;

export class System {
  readonly world: World;
  readonly seed: number;
  readonly d1: SimulatedD1;
  readonly env: Record<string, unknown>;
  readonly namespaces = new Map<string, Namespace>();
  readonly queues = new Map<string, SimulatedQueue<NudgeMessage>>();
  /** Ids of the durable events of each stream, by its name. */
  readonly durable = new Map<string, Known>();
  /** Kinds of faults that are left out, to find out which of them a failure needs. */
  without: readonly (keyof Faults)[] = [];
  readonly #parts: Parts;

  constructor(seed: number, parts: Parts, tellTrace: ((line: string) => void) | null) {
    this.seed = seed;
    this.world = new World(seed, tellTrace);
    this.#parts = parts;
    this.d1 = new SimulatedD1(this.world, () => this.#lookAtCheckpoints());
    const sql = plants[process.env.PLANT ?? ""]?.sql;
    if (sql !== undefined) this.d1.database.exec(sql);
    this.env = { DB: this.d1, ...parts.variables };
    for (const [binding, made] of Object.entries(parts.classes)) {
      const kind = binding.toLowerCase();
      const namespace: Namespace = new Namespace(
        this.world,
        (id) => new SimulatedObject(this.world, kind, id, made, this.env, (object) => this.#onCommit(object)),
      );
      this.namespaces.set(kind, namespace);
      this.env[binding] = namespace;
    }
    for (const [binding, { subscriber, consume }] of Object.entries(parts.queues)) {
      const queue = new SimulatedQueue<NudgeMessage>(this.world, subscriber, {
        consume: (messages) => consume(messages, this.env as never),
        onSent: (body) => {
          for (const nudge of [body].flat()) this.#onSent(nudge);
        },
        onAcknowledged: (body) => {
          for (const nudge of [body].flat()) this.#onAcknowledged(subscriber, nudge);
        },
      });
      this.queues.set(subscriber, queue);
      this.env[binding] = queue;
    }
  }

  objects(): SimulatedObject[] {
    return [...this.namespaces.values()].flatMap(({ objects }) => [...objects.values()]);
  }

  objectOf(kind: string, id: string): SimulatedObject {
    const namespace = this.namespaces.get(kind);
    if (namespace === undefined) throw new Error(`there are no objects of kind ${kind}`);
    return namespace.object(id);
  }

  objectsOf(kind: string): SimulatedObject[] {
    return [...(this.namespaces.get(kind)?.objects.values() ?? [])];
  }

  /** Something that the product does for one who looks: the world goes on until it is done. */
  async await<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const done = () => {
      isOver = true;
    };
    work.then(done, done);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver) return work;
      // What lies far ahead is not waited for: it would change what is looked at.
      const { now, nextAt } = this.world;
      if (nextAt !== null && nextAt <= now + HOUR) await this.world.step();
    }
  }

  streams(): SimulatedObject[] {
    return this.objects().filter(
      ({ kind, storage }) => this.#parts.streams.includes(kind) && storage.hasTable("events"),
    );
  }

  checkpoint(stream: string, subscriber: string): number {
    const [row] = this.d1.rows<{ version: number }>(
      "SELECT version FROM checkpoints WHERE stream = ? AND subscriber = ?",
      stream,
      subscriber,
    );
    return row?.version ?? 0;
  }

  // What holds all along.

  #onCommit(object: SimulatedObject): void {
    if (!this.#parts.streams.includes(object.kind) || !object.storage.hasTable("events")) return;
    const known = this.durable.get(object.name) ?? { ids: [] };
    this.durable.set(object.name, known);
    for (const { version, id } of object.storage.read<{ version: number; id: string }>(
      "SELECT version, id FROM events WHERE version > ? ORDER BY version",
      known.ids.length,
    )) {
      if (version !== known.ids.length + 1)
        this.world.problem(`${object.name} has version ${version} after ${known.ids.length}`);
      known.ids.push(id);
    }
    const { storage } = object;
    const hasOutbox = storage.read("SELECT 1 FROM outbox").length > 0;
    if (hasOutbox && (storage.durableAlarm === null || storage.isAlarmLost) && storage.ringing === null)
      this.world.problem(`${object.name} has an outbox and no alarm`);
    else if (
      storage.durableAlarm === null &&
      storage.ringing === null &&
      this.checkpoint(object.name, this.#parts.hearsAll) < known.ids.length
    )
      this.world.problem(
        `${object.name} has events that ${this.#parts.hearsAll} has not heard, and no alarm`,
      );
  }

  #onSent({ stream, events, to }: Nudge): void {
    const ids = this.durable.get(`${stream.type}/${stream.id}`)?.ids ?? [];
    if (to > ids.length)
      this.world.problem(
        `a message tells of version ${to} of ${stream.type}/${stream.id}, which is not durable`,
      );
    for (const { version, id } of events ?? [])
      if (ids[version - 1] !== id)
        this.world.problem(
          `a message tells of ${id}, which is not version ${version} of ${stream.type}/${stream.id}`,
        );
  }

  #onAcknowledged(subscriber: string, { stream, to }: Nudge): void {
    const at = this.checkpoint(`${stream.type}/${stream.id}`, subscriber);
    if (at < to)
      this.world.problem(
        `${subscriber} acknowledged version ${to} of ${stream.type}/${stream.id}, and stands at ${at}`,
      );
  }

  #lookAtCheckpoints(): void {
    for (const { stream, subscriber, version } of this.d1.rows<{
      stream: string;
      subscriber: string;
      version: number;
    }>("SELECT stream, subscriber, version FROM checkpoints")) {
      if (version > (this.durable.get(stream)?.ids.length ?? 0))
        this.world.problem(`${subscriber} is ahead of ${stream}`);
    }
  }

  // What chance does.

  /** Some faults, at some rates: a seed that has all of them at once hides more than it shows. */
  chooseFaults(): void {
    const { random } = this.world;
    const most: Faults = {
      rpcBefore: 0.15,
      rpcAfter: 0.15,
      d1Before: 0.2,
      d1After: 0.15,
      sendBefore: 0.4,
      sendAfter: 0.2,
      lose: 0.3,
      repeat: 0.3,
      late: 0.2,
      crash: 0.08,
      crashAll: 0.004,
      evict: 0.1,
      clock: 0.01,
      outside: 0.4,
    };
    const chosen = { ...NO_FAULTS };
    for (const name of Object.keys(most) as (keyof Faults)[])
      if (random.next() < 0.4) chosen[name] = most[name] * random.next();
    // Chance is asked for all of them first: what is left out changes nothing else at the beginning.
    for (const name of this.without) chosen[name] = 0;
    this.world.faults = chosen;
    this.world.slowest = random.pick([1, 5, 40, 200]);
    this.world.trace(`faults ${JSON.stringify(chosen)} slowest ${this.world.slowest}`);
  }

  #strike(): void {
    const { world } = this;
    const { crash, crashAll, evict, clock } = world.faults;
    if (world.chance(crash)) {
      const objects = this.objects().filter(({ party }) => party !== null);
      const consumers = [...this.queues.values()].flatMap((queue) => [...queue.consumers]);
      const index = world.random.whole(0, Math.max(0, objects.length + consumers.length - 1));
      const object = objects[index];
      if (object !== undefined) {
        world.trace(`CRASH of ${object.name}`);
        world.count("crash");
        object.crash();
      } else if (consumers.length > 0) {
        world.trace("CRASH of a consumer");
        world.count("crash of a consumer");
        consumers[index - objects.length]?.die();
      }
    }
    if (world.chance(crashAll)) {
      world.trace("CRASH of everything");
      world.count("crash of all");
      for (const object of this.objects()) object.crash();
      for (const queue of this.queues.values()) for (const consumer of [...queue.consumers]) consumer.die();
      resetModules();
    }
    if (world.chance(evict)) {
      const idle = this.objects().filter((object) => object.party !== null && object.isIdle);
      const object = idle[world.random.whole(0, Math.max(0, idle.length - 1))];
      object?.evict();
    }
    // Each jump makes timers ring, which makes events, which make jumps.
    if (world.chance(clock) && (world.counts.get("clock jump") ?? 0) < 20) {
      const jump = world.random.whole(-10 * 60_000, 30 * 60_000);
      world.trace(`the clock jumps by ${jump}`);
      world.wallOffset += jump;
      world.count("clock jump");
      for (const object of this.objects()) object.watchAlarm();
    }
  }

  /** Runs until `isDone`, with chance's blows. */
  async run(isDone: () => boolean, mostSteps: number): Promise<void> {
    for (let steps = 0; !isDone(); steps += 1) {
      if (steps > mostSteps) return this.world.problem(`not done after ${mostSteps} steps`);
      if (!(await this.world.step()))
        return this.world.problem("nothing happens any more, and it is not done");
      this.#strike();
      if (this.world.problems.length > 0) return;
    }
  }

  /** All faults off: runs until nothing is due within a day. */
  async quiet(mostSteps: number): Promise<void> {
    this.world.trace("quiet");
    this.world.faults = { ...NO_FAULTS };
    for (let steps = 0; ; steps += 1) {
      const next = this.world.nextAt;
      if (next === null || next > this.world.now + 24 * HOUR) return;
      if (steps > mostSteps) return this.world.problem(`no end after ${mostSteps} steps without faults`);
      await this.world.step();
      if (this.world.problems.length > 0) return;
    }
  }

  // What holds at the end.

  /** @param wants by subscriber and kind of stream: null where it is told nothing */
  checkStreams(
    subscribers: readonly { name: string; wants(kind: string): ReadonlySet<string> | "all" | null }[],
  ): void {
    const { world } = this;
    for (const object of this.streams()) {
      const events = object.storage.read<{ version: number; id: string; type: string }>(
        "SELECT version, id, type FROM events ORDER BY version",
      );
      events.forEach(({ version }, index) => {
        if (version !== index + 1) world.problem(`${object.name}: version ${version} stands at ${index + 1}`);
      });
      for (const { name, wants } of subscribers) {
        const wanted = wants(object.kind);
        if (wanted === null) continue;
        const last = events.findLast(({ type }) => wanted === "all" || wanted.has(type))?.version ?? 0;
        const at = this.checkpoint(object.name, name);
        if (at < last)
          world.problem(
            `${name} stands at ${at} of ${object.name}, and wants ${last}; alarm ${object.storage.durableAlarm}`,
          );
      }
    }
    for (const object of this.objects()) {
      const { durableAlarm, isAlarmLost } = object.storage;
      // One that is lost may be one that nobody needs: `checkTimers` knows.
      if (durableAlarm !== null && !isAlarmLost && durableAlarm < world.wall())
        world.problem(`${object.name} has an alarm that is due and does not ring`);
    }
    for (const [name, queue] of this.queues) if (queue.size > 0) world.problem(`queue ${name} is not empty`);
  }

  /** The state that an object has in memory is that of its events. */
  async checkReplay(): Promise<void> {
    for (const object of this.streams()) {
      const state = () =>
        new Promise<string>((resolve) => {
          object.deliver(
            "stateAt",
            [{ version: Number.MAX_SAFE_INTEGER }],
            (found) => resolve(JSON.stringify(found)),
            (error) => resolve(String(error)),
          );
        });
      const before = await this.await(state());
      object.evict();
      const after = await this.await(state());
      if (before !== after)
        this.world.problem(`${object.name} is another after an eviction: ${before} ${after}`);
    }
  }

  close(): void {
    for (const object of this.objects()) object.storage.database.close();
    this.d1.database.close();
  }
}

export function resetModules(): void {
  for (const reset of (globalThis as { __resets?: (() => void)[] }).__resets ?? []) reset();
}

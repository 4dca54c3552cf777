/** Durable Objects: in memory while somebody needs them, woken by calls and alarms, evicted and killed by chance. */
import { ObjectStorage } from "./storage.ts";
import type { Party, World } from "./world.ts";

type Instance = Record<string, (...args: never[]) => Promise<unknown>>;
interface Awake {
  readonly party: Party;
  readonly instance: Instance;
}
export type ObjectClass = new (ctx: never, env: never) => object;

/** A retry of an alarm that failed comes after two seconds, then four, and so on; six at most. */
const ALARM_RETRIES = 6;

export class SimulatedSocket {
  readonly readyState = 1;
  readonly heard: unknown[] = [];
  #attachment: unknown = null;
  constructor(attachment: unknown = null) {
    this.#attachment = attachment;
  }
  send(text: string): void {
    this.heard.push(JSON.parse(text));
  }
  close(): void {}
  serializeAttachment(value: unknown): void {
    this.#attachment = value;
  }
  deserializeAttachment(): unknown {
    return this.#attachment;
  }
}

export class SimulatedObject {
  readonly name: string;
  readonly kind: string;
  readonly id: string;
  readonly storage: ObjectStorage;
  sockets: SimulatedSocket[] = [];
  #awake: Awake | null = null;
  #calls = 0;
  #callers = new Set<(error: Error) => void>();
  #blocked: Promise<unknown> | null = null;
  #attempts = 0;
  readonly #world: World;
  readonly #make: ObjectClass;
  readonly #env: unknown;
  readonly #onFlush: (object: SimulatedObject) => void;

  constructor(
    world: World,
    kind: string,
    id: string,
    make: ObjectClass,
    env: unknown,
    onFlush: (object: SimulatedObject) => void,
  ) {
    this.#world = world;
    this.kind = kind;
    this.id = id;
    this.name = `${kind}/${id}`;
    this.#make = make;
    this.#env = env;
    this.#onFlush = onFlush;
    this.storage = new ObjectStorage(world, () =>
      world.after(world.delay() >> 2, `commit of ${this.name}`, () => this.#flush()),
    );
  }

  get party(): Party | null {
    return this.#awake?.party ?? null;
  }

  get isIdle(): boolean {
    return this.#calls === 0 && (this.party?.open ?? 0) === 0 && !this.storage.isDirty;
  }

  #flush(): void {
    this.storage.flush();
    this.#onFlush(this);
    this.watchAlarm();
  }

  /** Called whenever the durable time may have changed, or the clock. */
  watchAlarm(): void {
    const at = this.storage.durableAlarm;
    if (at === null || this.storage.isAlarmLost || this.storage.ringing !== null) return;
    this.#world.after(
      at - this.#world.wall() + this.#world.random.whole(0, 3),
      `look at the alarm of ${this.name}`,
      () => {
        const due = this.storage.durableAlarm;
        if (due === null || due !== at || this.storage.ringing !== null || this.storage.isAlarmLost) return;
        if (due > this.#world.wall()) this.watchAlarm();
        else this.#ring();
      },
    );
  }

  #ring(): void {
    this.storage.startRinging();
    this.#world.trace(`ALARM of ${this.name}`);
    const again = (error: Error) => {
      // It was killed, or has thrown: what was durable stays.
      this.#world.trace(`the alarm of ${this.name} failed: ${error.message}`);
      this.#world.after(2_000, `alarm again of ${this.name}`, () => this.watchAlarm());
    };
    this.deliver(
      "alarm",
      [{ isRetry: this.#attempts > 0, retryCount: this.#attempts, scheduledTime: this.storage.ringing }],
      () => {
        this.#attempts = 0;
        this.storage.stopRinging(false);
        if (!this.storage.isDirty) this.watchAlarm();
      },
      (error, wasThrown) => {
        if (wasThrown) this.#attempts += 1;
        const isLast = this.#attempts > ALARM_RETRIES;
        this.storage.stopRinging(!isLast);
        if (isLast) {
          this.#attempts = 0;
          this.#world.problem(`the platform gave up the alarm of ${this.name}: ${error.message}`);
        } else again(error);
      },
      false,
    );
  }

  #wake(): Awake {
    if (this.#awake !== null) return this.#awake;
    const party: Party = {
      name: this.name,
      alive: true,
      open: 0,
      gate: (leave) => this.storage.gate(party, leave),
    };
    const state = {
      id: { name: this.id, toString: () => this.id },
      storage: this.storage.forView(party),
      waitUntil: (work: Promise<unknown>) => void work.catch(() => {}),
      blockConcurrencyWhile: (work: () => Promise<unknown>) => {
        const done = work();
        this.#blocked = done;
        return done;
      },
      getWebSockets: () => [...this.sockets],
      getTags: () => [this.id],
      // The simulated clients do not try their lines.
      setWebSocketAutoResponse: () => {},
    };
    const make = () => new this.#make(state as never, this.#env as never);
    // Methods are found by name, as the platform finds them.
    this.#awake = { party, instance: this.#world.running.run(party, make) as Instance };
    return this.#awake;
  }

  /**
   * Calls a method. The answer leaves through the gate.
   * @param fail `wasThrown`: by the method itself; else the object died
   */
  deliver(
    method: string,
    args: unknown[],
    answer: (result: unknown) => void,
    fail: (error: Error, wasThrown: boolean) => void,
    gated = true,
  ): void {
    const { party, instance } = this.#wake();
    let isOpen = true;
    const end = (then: () => void) => {
      if (!isOpen) return;
      isOpen = false;
      this.#calls -= 1;
      this.#callers.delete(onDeath);
      then();
    };
    const onDeath = (error: Error) => end(() => fail(error, false));
    this.#calls += 1;
    this.#callers.add(onDeath);
    const leave = (then: () => void) => (gated ? this.storage.gate(party, then) : then());
    const call = async () => {
      if (this.#blocked !== null) await this.#blocked;
      const found = instance[method];
      if (found === undefined) throw new Error(`${this.name} has no method ${method}`);
      return found.apply(instance, args as never[]);
    };
    this.#world.running.run(party, call).then(
      (result) => party.alive && leave(() => end(() => answer(structuredClone(result)))),
      (error: unknown) =>
        party.alive &&
        leave(() => end(() => fail(new Error(error instanceof Error ? error.message : String(error)), true))),
    );
  }

  evict(): void {
    if (this.#awake !== null) this.#awake.party.alive = false;
    this.#awake = null;
    this.#blocked = null;
  }

  /** What was not committed is gone, and who waited for an answer gets none. */
  crash(): void {
    const callers = [...this.#callers];
    this.evict();
    this.storage.crash();
    for (const caller of callers) caller(new Error(`${this.name} died`));
    this.watchAlarm();
  }
}

export class Namespace {
  readonly objects = new Map<string, SimulatedObject>();
  readonly #world: World;
  readonly #make: (id: string) => SimulatedObject;

  constructor(world: World, make: (id: string) => SimulatedObject) {
    this.#world = world;
    this.#make = make;
  }

  object(id: string): SimulatedObject {
    const found = this.objects.get(id);
    if (found !== undefined) return found;
    const made = this.#make(id);
    this.objects.set(id, made);
    return made;
  }

  getByName(id: string): unknown {
    const world = this.#world;
    return new Proxy(
      {},
      {
        get: (_, method) => {
          if (typeof method !== "string" || method === "then") return undefined;
          return (...args: unknown[]) => {
            // What is passed is a copy, as of now.
            const passed = structuredClone(args);
            const { rpcBefore, rpcAfter } = world.faults;
            return world.leave(
              `${this.object(id).name}.${method}`,
              (answer, fail) => this.object(id).deliver(method, passed, answer, fail),
              [rpcBefore, rpcAfter],
            );
          };
        },
      },
    );
  }

  idFromName(id: string): string {
    return id;
  }

  get(id: string): unknown {
    return this.getByName(id);
  }
}

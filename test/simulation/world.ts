/** Time, chance and what happens next: one thread, one queue of events, one seed. */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { type Random, randomFrom } from "../../tools/simulate/random.ts";
import { Agenda } from "./agenda.ts";

/** How often each fault happens, between 0 and 1. Every seed has some of them, at rates of its own. */
export interface Faults {
  /** A call fails before it had its effect, or after. */
  rpcBefore: number;
  rpcAfter: number;
  d1Before: number;
  d1After: number;
  sendBefore: number;
  sendAfter: number;
  lose: number;
  repeat: number;
  /** Messages that wait for minutes. */
  late: number;
  /** Of a hundred events: an object, a consumer, or all of them at once die; an idle object leaves memory. */
  crash: number;
  crashAll: number;
  evict: number;
  clock: number;
  outside: number;
}
export const NO_FAULTS: Faults = {
  rpcBefore: 0,
  rpcAfter: 0,
  d1Before: 0,
  d1After: 0,
  sendBefore: 0,
  sendAfter: 0,
  lose: 0,
  repeat: 0,
  late: 0,
  crash: 0,
  crashAll: 0,
  evict: 0,
  clock: 0,
  outside: 0,
};

/** Who runs: an object in memory, a consumer of a batch, or a client. What a dead one asks for never happens. */
export interface Party {
  readonly name: string;
  alive: boolean;
  /** Calls that it waits for. */
  open: number;
  /** Lets `leave` happen once everything written so far is durable. */
  gate?(leave: () => void): void;
}

export class World {
  readonly random: Random;
  /** For what agents and people do: the same whatever goes wrong, so that a run without faults can be compared. */
  readonly script: Random;
  readonly running = new AsyncLocalStorage<Party>();
  readonly outsider: Party = { name: "outside", alive: true, open: 0 };
  faults: Faults = { ...NO_FAULTS };
  /** Milliseconds since the start; the wall clock may be put forward or back. */
  now = 0;
  wallOffset = Date.UTC(2026, 0, 1);
  slowest = 40;
  steps = 0;
  readonly tellTrace: ((line: string) => void) | null;
  readonly #digest = createHash("sha256");
  readonly counts = new Map<string, number>();
  readonly problems: string[] = [];
  readonly #agenda = new Agenda();

  constructor(seed: number, tellTrace: ((line: string) => void) | null = null) {
    this.random = randomFrom(seed);
    this.script = randomFrom(seed + 1_000_003);
    this.tellTrace = tellTrace;
  }

  wall(): number {
    return this.now + this.wallOffset;
  }

  get party(): Party {
    return this.running.getStore() ?? this.outsider;
  }

  chance(rate: number): boolean {
    return rate > 0 && this.random.next() < rate;
  }

  /** Mostly short, now and then long. */
  delay(): number {
    return this.random.whole(0, this.chance(0.1) ? this.slowest * 10 : this.slowest);
  }

  trace(line: string): void {
    this.#digest.update(line).update("\n");
    this.tellTrace?.(`${String(this.now).padStart(9)} ${line}`);
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** The same seed gives the same digest, or the simulation is none. */
  digest(): string {
    return this.#digest.copy().digest("hex").slice(0, 12);
  }

  problem(what: string): void {
    this.trace(`PROBLEM ${what}`);
    this.problems.push(what);
  }

  after(milliseconds: number, label: string, run: () => void): void {
    // Among what is due at the same moment, chance decides.
    const at = this.now + Math.max(0, Math.floor(milliseconds));
    this.#agenda.add({ at, order: this.random.next(), label, run });
  }

  /** When the next event is; null where there is none. */
  get nextAt(): number | null {
    return this.#agenda.first?.at ?? null;
  }

  /** One event, and all that follows from it without waiting. @returns false where there is nothing left */
  async step(): Promise<boolean> {
    const event = this.#agenda.take();
    if (event === undefined) return false;
    this.now = Math.max(this.now, event.at);
    this.steps += 1;
    this.trace(event.label);
    event.run();
    // All promises that can go on have gone on when this comes back: nothing in here uses the real world.
    await new Promise((resolve) => setImmediate(resolve));
    return true;
  }

  /**
   * Something that leaves the party that runs: through its gate, a while under way, the effect, a while back.
   * @param faults rates of failing before and after the effect
   */
  leave<T>(
    label: string,
    effect: (answer: (result: T) => void, fail: (error: Error) => void) => void,
    [failsBefore, failsAfter]: readonly [number, number] = [0, 0],
  ): Promise<T> {
    const { party } = this;
    if (!party.alive) return new Promise(() => {});
    party.open += 1;
    return new Promise<T>((resolve, reject) => {
      const settle = (how: string, then: () => void) =>
        this.after(this.delay(), `${how} ${label} > ${party.name}`, () => {
          if (!party.alive) return;
          party.open -= 1;
          then();
        });
      const go = () => {
        const fails = this.chance(failsBefore);
        const isLost = !fails && this.chance(failsAfter);
        this.after(
          this.delay(),
          `${party.name} > ${label}${fails ? " FAILS" : isLost ? " ANSWER LOST" : ""}`,
          () => {
            if (fails) return settle("failed", () => reject(new Error(`${label}: failed before`)));
            effect(
              (result) =>
                settle("done", () => (isLost ? reject(new Error(`${label}: answer lost`)) : resolve(result))),
              (error) => settle("error", () => reject(error)),
            );
          },
        );
      };
      if (party.gate === undefined) go();
      else party.gate(go);
    });
  }
}

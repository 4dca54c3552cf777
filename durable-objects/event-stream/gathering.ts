/**
 * Work that many objects of one isolate ask for at the same time, done for all of them at once: one round is under way at a
 * time, and all that is asked meanwhile goes with the next. Whoever is alone waits for nobody.
 *
 * An object may be evicted, or die, while it does the work for others, and nobody is told: what it took with it is then given
 * up by those who wait for it, and fails.
 */

/** Milliseconds after which nobody waits any more for a round. */
const GIVEN_UP_AFTER = 15_000;

interface Asked<Item, Answer> {
  readonly item: Item;
  /** A round has taken it. */
  isTaken: boolean;
  readonly answer: PromiseWithResolvers<Answer>;
}

interface Round<Item, Answer> {
  readonly startedAt: number;
  readonly asked: readonly Asked<Item, Answer>[];
  /** Resolved when the next round may begin. */
  readonly over: PromiseWithResolvers<void>;
}

export interface GatheringPorts<Item, Answer> {
  /** Does the work; all that asked get its answer, or its error. */
  work(items: readonly Item[]): Promise<Answer>;
  /** How many of them one round takes, from the first on. */
  fitting(items: readonly Item[]): number;
  /** What the next round waits for, after the answer. */
  pause?(): Promise<void>;
  now(): number;
  /** Resolves after some milliseconds, or when it is told that nobody waits any more. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const runtime = {
  now: () => Date.now(),
  wait: (milliseconds: number, signal: AbortSignal) =>
    scheduler.wait(milliseconds, { signal }).catch(() => {}),
};

export class Gathering<Item, Answer> {
  readonly #ports: GatheringPorts<Item, Answer>;
  #waiting: Asked<Item, Answer>[] = [];
  #round: Round<Item, Answer> | null = null;

  constructor(ports: GatheringPorts<Item, Answer>) {
    this.#ports = ports;
  }

  /** @returns the answers of all rounds that had to do with these items */
  async ask(items: readonly Item[]): Promise<readonly Answer[]> {
    const own = items.map(
      (item): Asked<Item, Answer> => ({
        item,
        isTaken: false,
        answer: Promise.withResolvers<Answer>(),
      }),
    );
    let isAnswered = false;
    const answers = Promise.all(own.map(({ answer }) => answer.promise)).finally(() => {
      isAnswered = true;
    });
    // It is looked at below; until then a failure is nobody's.
    answers.catch(() => {});
    this.#waiting.push(...own);
    // Each begins a round of its own when it is free: one that went on for the others would be kept awake by them.
    while (!isAnswered) {
      this.#giveUpLateRound();
      if (own.every(({ isTaken }) => isTaken)) await this.#patiently(answers);
      else if (this.#round !== null) await this.#patiently(this.#round.over.promise);
      else {
        this.#begin();
        // What others began is over: the rest is its own, and nobody need watch over oneself.
        if (own.every(({ isTaken }) => isTaken)) break;
      }
    }
    return [...new Set(await answers)];
  }

  /** Until it is settled, or so late that it is time to look again. */
  async #patiently(promise: Promise<unknown>): Promise<void> {
    const settled = new AbortController();
    const now = this.#ports.now();
    const giveUpAt = (this.#round?.startedAt ?? now) + GIVEN_UP_AFTER;
    const late = this.#ports.wait(Math.max(1, giveUpAt - now), settled.signal);
    await Promise.race([promise.catch(() => {}), late]);
    settled.abort();
  }

  #begin(): void {
    const count = Math.max(1, this.#ports.fitting(this.#waiting.map(({ item }) => item)));
    const round: Round<Item, Answer> = {
      startedAt: this.#ports.now(),
      asked: this.#waiting.splice(0, count),
      over: Promise.withResolvers<void>(),
    };
    for (const one of round.asked) one.isTaken = true;
    this.#round = round;
    void this.#run(round);
  }

  async #run(round: Round<Item, Answer>): Promise<void> {
    try {
      const answer = await this.#ports.work(round.asked.map(({ item }) => item));
      for (const one of round.asked) one.answer.resolve(answer);
      await this.#ports.pause?.();
    } catch (error) {
      for (const one of round.asked) one.answer.reject(error);
    } finally {
      this.#end(round);
    }
  }

  #end(round: Round<Item, Answer>): void {
    if (this.#round === round) this.#round = null;
    round.over.resolve();
  }

  #giveUpLateRound(): void {
    const round = this.#round;
    if (round === null || this.#ports.now() - round.startedAt < GIVEN_UP_AFTER) return;
    for (const { answer } of round.asked) answer.reject(new Error("whoever did it is gone"));
    this.#end(round);
  }
}

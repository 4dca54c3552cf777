/**
 * Work that many objects of one isolate ask for at the same time, done for all of them at once: one round is under way at a
 * time, and all that is asked meanwhile goes with the next. Whoever is alone waits for nobody.
 *
 * Nobody waits for a promise of another object: who does goes on as that object, and may touch nothing of its own. So those
 * who wait look now and then. An object may also be evicted, or die, while it does the work for others, and nobody is told:
 * what it took with it is then given up by those who wait for it, and fails.
 */

/** Milliseconds after which nobody waits any more for a round. */
const GIVEN_UP_AFTER = 15_000;
/** Milliseconds between two looks: the first, and the longest after it was twice as long each time. */
const FIRST_LOOK = 10;
const LONGEST_LOOK = 250;

type Outcome<Answer> = { readonly answer: Answer } | { readonly error: unknown };

interface Asked<Item, Answer> {
  readonly item: Item;
  /** A round has taken it. */
  isTaken: boolean;
  outcome: Outcome<Answer> | null;
}

interface Round<Item, Answer> {
  readonly startedAt: number;
  readonly asked: readonly Asked<Item, Answer>[];
}

export interface GatheringPorts<Item, Answer> {
  /** Does the work; all that asked get its answer, or its error. */
  work(items: readonly Item[]): Promise<Answer>;
  /** How many of them one round takes, from the first on. */
  fitting(items: readonly Item[]): number;
  /** What the next round waits for, after the answer. */
  pause?(): Promise<void>;
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

export const runtime = {
  now: () => Date.now(),
  wait: (milliseconds: number) => scheduler.wait(milliseconds),
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
    const own = items.map((item): Asked<Item, Answer> => ({ item, isTaken: false, outcome: null }));
    this.#waiting.push(...own);
    // Each begins a round of its own when it is free: one that went on for the others would be kept awake by them.
    let look = FIRST_LOOK;
    while (own.some(({ outcome }) => outcome === null)) {
      this.#giveUpLateRound();
      if (this.#round === null && own.some(({ isTaken }) => !isTaken)) await this.#lead();
      else if (own.some(({ outcome }) => outcome === null)) {
        await this.#ports.wait(look);
        look = Math.min(2 * look, LONGEST_LOOK);
      }
    }
    const answers = new Set<Answer>();
    for (const { outcome } of own) {
      if (outcome === null) continue;
      if ("error" in outcome) throw outcome.error;
      answers.add(outcome.answer);
    }
    return [...answers];
  }

  /** Never rejects. */
  async #lead(): Promise<void> {
    const count = Math.max(1, this.#ports.fitting(this.#waiting.map(({ item }) => item)));
    const round = { startedAt: this.#ports.now(), asked: this.#waiting.splice(0, count) };
    for (const one of round.asked) one.isTaken = true;
    this.#round = round;
    try {
      settle(round.asked, { answer: await this.#ports.work(round.asked.map(({ item }) => item)) });
    } catch (error) {
      settle(round.asked, { error });
    }
    const rested = () => {
      if (this.#round === round) this.#round = null;
    };
    // Whoever led is not kept for it, whatever becomes of the pause.
    (this.#ports.pause?.() ?? Promise.resolve()).then(rested, rested);
  }

  #giveUpLateRound(): void {
    const round = this.#round;
    if (round === null || this.#ports.now() - round.startedAt < GIVEN_UP_AFTER) return;
    settle(round.asked, { error: new Error("whoever did it is gone") });
    this.#round = null;
  }
}

/** What was given up stays so, although its end comes after all. */
function settle<Item, Answer>(asked: readonly Asked<Item, Answer>[], outcome: Outcome<Answer>): void {
  for (const one of asked) one.outcome ??= outcome;
}

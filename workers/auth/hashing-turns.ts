/**
 * Whose turn it is to have a password hashed. A hash keeps the runtime's only thread for a quarter of a second: there is one at
 * a time, and after each a rest of the same length, in which everybody else is answered.
 *
 * Turns are points in time: whoever waits has a timer of its own. No request waits for another's promise, since a request whose
 * client has gone is ended wherever it stands, and would leave those behind it waiting for ever.
 */

export interface Clock {
  /** Milliseconds. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

const systemClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Milliseconds from one turn to the next. */
export const TURN = 500;
/** More are not let in: whoever is sent away knows when to come again. */
export const MOST_WAITING = 16;

export type Turn<T> =
  | { readonly status: "done"; readonly result: T }
  /** Seconds until there is likely to be a place. */
  | { readonly status: "busy"; readonly retryAfter: number };

export class HashingTurns {
  readonly #clock: Clock;
  /** When the next turn is that nobody has. */
  #free = 0;
  /** Until then nothing is hashed. */
  #restUntil = 0;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  async take<T>(hash: () => Promise<T>): Promise<Turn<T>> {
    const now = this.#clock.now();
    const begin = Math.max(now, this.#free);
    const ahead = begin - now;
    if (ahead > MOST_WAITING * TURN)
      return { status: "busy", retryAfter: Math.ceil((ahead - MOST_WAITING * TURN) / 1_000) };
    this.#free = begin + TURN;
    if (ahead > 0) await this.#clock.wait(ahead);
    // Timers that ran late, behind a hash that took long, would all be due at once.
    for (let left = this.#left(); left > 0; left = this.#left()) await this.#clock.wait(left);
    return { status: "done", result: await this.#timed(hash) };
  }

  #left(): number {
    return this.#restUntil - this.#clock.now();
  }

  async #timed<T>(hash: () => Promise<T>): Promise<T> {
    const began = this.#clock.now();
    // Until its end is known: the time of one turn.
    this.#restUntil = began + TURN;
    try {
      return await hash();
    } finally {
      const ended = this.#clock.now();
      const took = ended - began;
      this.#restUntil = ended + took;
      // Where a hash takes longer than was thought, those who come later wait longer.
      this.#free += Math.max(0, 2 * took - TURN);
    }
  }
}

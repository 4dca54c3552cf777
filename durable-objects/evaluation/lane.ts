/**
 * One at a time in an isolate, in the order in which they came. Nobody waits for a promise of another request or object: one that is
 * ended wherever it stands, because its client has gone or it died, would be waited for ever. Each looks by itself whether
 * it is the first, and whoever has not been seen for a while is none of them any more.
 */

/** Milliseconds after which one that was not seen is taken to be gone. */
const GONE_AFTER = 5_000;
/** Milliseconds between two signs of one whose turn it is. */
const BETWEEN_SIGNS = 500;
/** Milliseconds between two looks: for each that is before it, and at most. */
const LOOK = 2;
const LONGEST_LOOK = 250;

interface Place {
  seenAt: number;
}

export interface LanePorts {
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

const runtime: LanePorts = { now: () => Date.now(), wait: (milliseconds) => scheduler.wait(milliseconds) };

export class Lane {
  readonly #ports: LanePorts;
  #places: Place[] = [];

  constructor(ports: LanePorts = runtime) {
    this.#ports = ports;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    const place: Place = { seenAt: this.#ports.now() };
    this.#places.push(place);
    try {
      for (;;) {
        const before = this.#before(place);
        if (before === 0) return await this.#seenDuring(place, work);
        await this.#ports.wait(Math.min(LOOK * before, LONGEST_LOOK));
      }
    } finally {
      this.#places = this.#places.filter((one) => one !== place);
    }
  }

  /** How many are before it. */
  #before(place: Place): number {
    const now = this.#ports.now();
    place.seenAt = now;
    this.#places = this.#places.filter(({ seenAt }) => now - seenAt < GONE_AFTER);
    if (!this.#places.includes(place)) this.#places.push(place);
    return this.#places.indexOf(place);
  }

  async #seenDuring<T>(place: Place, work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => {
      place.seenAt = this.#ports.now();
    }, BETWEEN_SIGNS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}

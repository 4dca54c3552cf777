/** So many at once; who comes later waits in order. */
import type { EventEmitter } from "node:events";

/** Nobody waits longer, in milliseconds: whoever asked has mostly given up by then. */
const LONGEST = 60_000;
const MOST_WAITING = 4_096;

/**
 * Not by `maxSockets` of an `Agent`: while requests wait there, Node uses a connection again, whatever `keepAlive` says.
 */
export class Slots {
  #free: number;
  readonly #longest: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<() => void>();

  constructor(free: number, { longest = LONGEST, mostWaiting = MOST_WAITING } = {}) {
    this.#free = free;
    this.#longest = longest;
    this.#mostWaiting = mostWaiting;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * @param client whoever waits, until `close`
   * @returns whether there is a slot now, to be given back: not when too many wait, when it took too long, or when the client went
   */
  take(client: Pick<EventEmitter, "once" | "off">): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(true);
    }
    if (this.#waiting.size >= this.#mostWaiting) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (isTaken: boolean) => {
        this.#waiting.delete(turn);
        clearTimeout(timer);
        client.off("close", leave);
        resolve(isTaken);
      };
      const turn = () => settle(true);
      const leave = () => settle(false);
      const timer = setTimeout(leave, this.#longest);
      client.once("close", leave);
      this.#waiting.add(turn);
    });
  }

  give(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free += 1;
    else next();
  }
}

/** What agents do in time, and what they send, in the hands of a test; there is no test in here. */
import type { Clock } from "./agents.ts";

/** Time passes when the test says so. */
export class ClockInHand implements Clock {
  #now = 0;
  readonly #calls = new Set<{ at: number; call: () => void }>();

  after(milliseconds: number, call: () => void): () => void {
    const entry = { at: this.#now + milliseconds, call };
    this.#calls.add(entry);
    return () => this.#calls.delete(entry);
  }

  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#calls].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#calls.delete(next);
      this.#now = next.at;
      next.call();
    }
    this.#now = end;
  }
}

/** Keeps the kinds of what was sent, and sends nothing. */
export class Sent {
  readonly paths: string[] = [];
  readonly transport = (path: string, body: string): Promise<boolean> => {
    this.paths.push(path.includes("heartbeat") ? "heartbeat" : JSON.parse(body).discovery_type);
    return Promise.resolve(true);
  };

  count(name: string): number {
    return this.paths.filter((path) => path === name).length;
  }
}

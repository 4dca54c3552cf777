/**
 * Notices when the runtime stands still: all that it does is done by one loop, and long work in it holds up everybody. It is asked
 * for something that costs nothing, and how long the answer takes is how long the loop did not come to it.
 */
import { request } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";

export interface StandstillOptions {
  /** Path of a socket of the runtime that answers without work. */
  readonly socketPath: string;
  readonly tell: (line: string) => void;
  /** Milliseconds between two questions, of an answer that took long, and in which several are told in one line. */
  readonly every?: number;
  readonly long?: number;
  readonly together?: number;
}

const EVERY = 500;
const LONG = 1_000;
const TOGETHER = 60_000;
const NANOSECONDS = 1_000_000;

const inSeconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;

export class StandstillWatch {
  readonly #options: StandstillOptions;
  /** This process may have been held up itself. */
  readonly #own = monitorEventLoopDelay();
  #timer: NodeJS.Timeout | null = null;
  #tellAgainAt = 0;
  #untold: number[] = [];
  #isStopped = false;

  constructor(options: StandstillOptions) {
    this.#options = options;
    this.#own.enable();
    this.#askLater();
  }

  stop(): void {
    this.#isStopped = true;
    this.#own.disable();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #askLater(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => this.#ask(), this.#options.every ?? EVERY);
    this.#timer.unref();
  }

  #ask(): void {
    const began = performance.now();
    this.#own.reset();
    const asked = request({ socketPath: this.#options.socketPath, agent: false }, (answer) => {
      answer.resume();
      this.#judge(performance.now() - began - this.#own.max / NANOSECONDS);
    });
    // One that is not there does not stand still; whoever starts it again tells of it.
    asked.on("error", () => {});
    asked.on("close", () => this.#askLater());
    asked.end();
  }

  #judge(took: number): void {
    if (took > (this.#options.long ?? LONG)) this.#untold.push(took);
    const now = performance.now();
    if (this.#untold.length === 0 || now < this.#tellAgainAt) return;
    const longest = inSeconds(Math.max(...this.#untold));
    const count = this.#untold.length;
    this.#options.tell(
      count === 1
        ? `the runtime stood still for ${longest}`
        : `the runtime stood still ${count} times, for ${longest} at most`,
    );
    this.#untold = [];
    this.#tellAgainAt = now + (this.#options.together ?? TOGETHER);
  }
}

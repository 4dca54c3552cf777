/** Tells on the terminal how it goes: one line that is written anew, or plain lines now and then where there is no terminal. */
import { summaryText, type Tally } from "./tally.ts";

const ON_TERMINAL = 500;
const ELSEWHERE = 5_000;

export class Progress {
  readonly #timer: NodeJS.Timeout;
  readonly #isTerminal = process.stdout.isTTY === true;
  readonly #tally: Tally;
  #last = { requests: 0, at: performance.now() };

  constructor(tally: Tally) {
    this.#tally = tally;
    this.#timer = setInterval(() => this.#show(), this.#isTerminal ? ON_TERMINAL : ELSEWHERE);
    this.#timer.unref();
  }

  /** A line that stays. */
  tell(line: string): void {
    process.stdout.write(this.#isTerminal ? `\r\x1b[K${line}\n` : `${line}\n`);
  }

  end(): void {
    clearInterval(this.#timer);
    this.tell(summaryText(this.#tally.summary()));
  }

  #show(): void {
    const summary = this.#tally.summary();
    const now = performance.now();
    const rate = ((summary.requests - this.#last.requests) * 1000) / (now - this.#last.at);
    this.#last = { requests: summary.requests, at: now };
    const line = `${rate.toFixed(0)} requests/s; ${summaryText(summary)}`;
    process.stdout.write(this.#isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
  }
}

/** Counts what became of requests. */

export interface Summary {
  readonly requests: number;
  readonly accepted: number;
  /** By what was answered, or by what went wrong. */
  readonly failures: Readonly<Record<string, number>>;
  /** Milliseconds, of all requests. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Times that are kept: enough for percentiles, whatever the length of the run. */
const KEPT = 20_000;

export class Tally {
  #requests = 0;
  #accepted = 0;
  readonly #failures = new Map<string, number>();
  readonly #times: number[] = [];

  add(milliseconds: number, failure: string | null): void {
    this.#times[this.#requests % KEPT] = milliseconds;
    this.#requests += 1;
    if (failure === null) this.#accepted += 1;
    else this.#failures.set(failure, (this.#failures.get(failure) ?? 0) + 1);
  }

  summary(): Summary {
    const sorted = [...this.#times].sort((one, other) => one - other);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return {
      requests: this.#requests,
      accepted: this.#accepted,
      failures: Object.fromEntries(this.#failures),
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
    };
  }
}

export function summaryText({ requests, accepted, failures, p50, p95, p99 }: Summary): string {
  const failed = Object.entries(failures).map(([name, count]) => `${count} × ${name}`);
  const times = `p50 ${p50.toFixed(0)} p95 ${p95.toFixed(0)} p99 ${p99.toFixed(0)} ms`;
  return `${requests} requests, ${accepted} accepted${failed.length > 0 ? `, failed: ${failed.join(", ")}` : ""}; ${times}`;
}

/** Requests that the runtime did not answer: a busy moment is many of them at once, and is told in one line. */

/** Milliseconds that are told of together. */
const TOGETHER = 1_000;

export class Unanswered {
  readonly #tell: (line: string) => void;
  readonly #causes = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  add(error: Error & { readonly code?: string }): void {
    const cause = error.code ?? error.message;
    this.#causes.set(cause, (this.#causes.get(cause) ?? 0) + 1);
    this.#timer ??= setTimeout(() => this.flush(), TOGETHER);
  }

  /** Tells at once what has not been told yet. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#causes.size === 0) return;
    const causes = [...this.#causes].map(([cause, count]) => `${count} × ${cause}`).join(", ");
    this.#causes.clear();
    this.#tell(`the runtime was too busy to answer (${causes}): whoever asked was told to try again`);
  }
}

/** The memory that bodies are held in while they wait for the runtime. */

/** Bytes. One body more, the oldest that is not whole, is taken in all the same: else all could wait for each other. */
const MOST_HELD = 56_000_000;
/** Milliseconds that a body may take to come while others wait for room. */
const PATIENCE = 10_000;

/** A body that is not whole. */
interface Upload {
  /** Gives it up: it takes too long while others wait. */
  readonly cut: () => void;
  /** Milliseconds in which it was read from, until `since`. */
  spent: number;
  since: number;
}

interface Waiting {
  readonly bytes: number;
  readonly goOn: () => void;
}

export class Room {
  readonly #most: number;
  readonly #patience: number;
  #held = 0;
  /** In the order in which they began. */
  readonly #coming = new Set<Upload>();
  readonly #waiting = new Map<Upload, Waiting>();
  #timer: NodeJS.Timeout | null = null;

  constructor({ most = MOST_HELD, patience = PATIENCE } = {}) {
    this.#most = most;
    this.#patience = patience;
  }

  get held(): number {
    return this.#held;
  }

  begin(cut: () => void): Upload {
    const upload = { cut, spent: 0, since: performance.now() };
    this.#coming.add(upload);
    return upload;
  }

  /** @returns what to wait for until there is room for so many bytes more; the client is not to be read from until then */
  take(upload: Upload, bytes: number): Promise<void> | undefined {
    if (this.#held + bytes <= this.#most || this.#isOldest(upload)) {
      this.#held += bytes;
      return undefined;
    }
    upload.spent += performance.now() - upload.since;
    return new Promise((resolve) => {
      this.#waiting.set(upload, { bytes, goOn: resolve });
      this.#watch();
    });
  }

  /** It is whole, or nothing more is read of it. */
  end(upload: Upload): void {
    this.#coming.delete(upload);
    this.#letIn(upload);
    this.#admit();
  }

  give(bytes: number): void {
    this.#held -= bytes;
    this.#admit();
  }

  #isOldest(upload: Upload): boolean {
    return this.#coming.values().next().value === upload;
  }

  #letIn(upload: Upload): void {
    const waiting = this.#waiting.get(upload);
    if (waiting === undefined) return;
    this.#waiting.delete(upload);
    upload.since = performance.now();
    this.#held += waiting.bytes;
    waiting.goOn();
  }

  #admit(): void {
    const [oldest] = this.#coming;
    if (oldest !== undefined) this.#letIn(oldest);
    for (const [upload, { bytes }] of this.#waiting) {
      if (this.#held + bytes > this.#most) return;
      this.#letIn(upload);
    }
  }

  /** While somebody waits, whoever is slow is cut off: else a few who send nothing more would keep everybody out. */
  #watch(): void {
    this.#timer ??= setInterval(() => {
      const now = performance.now();
      for (const upload of this.#waiting.size === 0 ? [] : [...this.#coming])
        if (!this.#waiting.has(upload) && upload.spent + now - upload.since > this.#patience) upload.cut();
      if (this.#waiting.size > 0 || this.#timer === null) return;
      clearInterval(this.#timer);
      this.#timer = null;
    }, this.#patience / 10);
    this.#timer.unref();
  }
}

/** The memory that bodies are held in while they wait for the runtime. */

/**
 * Bytes. Where all that is held is parts of bodies, the oldest is taken in all the same, which is one body more: else all could
 * wait for each other.
 */
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
  /** Bytes of it that are held. */
  held: number;
}

interface Waiting {
  readonly bytes: number;
  readonly goOn: () => void;
}

export class Room {
  readonly #most: number;
  readonly #patience: number;
  #held = 0;
  /** Of bodies that are not whole. */
  #heldOfParts = 0;
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
    const upload = { cut, spent: 0, since: performance.now(), held: 0 };
    this.#coming.add(upload);
    return upload;
  }

  /** @returns what to wait for until there is room for so many bytes more; the client is not to be read from until then */
  take(upload: Upload, bytes: number): Promise<void> | undefined {
    if (this.#isRoomFor(upload, bytes)) {
      this.#hold(upload, bytes);
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
    this.#letIn(upload);
    this.#coming.delete(upload);
    this.#heldOfParts -= upload.held;
    this.#admit();
  }

  give(bytes: number): void {
    this.#held -= bytes;
    this.#admit();
  }

  #isRoomFor(upload: Upload, bytes: number): boolean {
    if (this.#held + bytes <= this.#most) return true;
    const [oldest] = this.#coming;
    return upload === oldest && this.#held === this.#heldOfParts;
  }

  #hold(upload: Upload, bytes: number): void {
    upload.held += bytes;
    this.#heldOfParts += bytes;
    this.#held += bytes;
  }

  #mayGoOn(upload: Upload): boolean {
    return this.#isRoomFor(upload, this.#waiting.get(upload)?.bytes ?? 0);
  }

  #letIn(upload: Upload): void {
    const waiting = this.#waiting.get(upload);
    if (waiting === undefined) return;
    this.#waiting.delete(upload);
    upload.since = performance.now();
    this.#hold(upload, waiting.bytes);
    waiting.goOn();
  }

  #admit(): void {
    const [oldest] = this.#coming;
    if (oldest !== undefined && this.#mayGoOn(oldest)) this.#letIn(oldest);
    for (const upload of this.#waiting.keys()) {
      if (!this.#mayGoOn(upload)) return;
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

/** Handles of compiled scripts by source, the least recently used leaves first. */

interface Compiled {
  readonly handle: number;
  readonly length: number;
}

export class ScriptCache {
  readonly #scripts: number;
  readonly #length: number;
  readonly #entries = new Map<string, Compiled>();
  #total = 0;
  #latest: string | null = null;

  /** At most so many scripts, of so many UTF-16 units altogether: compiled, a script takes some fifty times as much. */
  constructor(scripts: number, length: number) {
    this.#scripts = scripts;
    this.#length = length;
  }

  get size(): number {
    return this.#entries.size;
  }

  handleOf(source: string): number | null {
    const entry = this.#entries.get(source);
    if (entry === undefined) return null;
    if (this.#latest !== source) {
      this.#entries.delete(source);
      this.#entries.set(source, entry);
      this.#latest = source;
    }
    return entry.handle;
  }

  /** The handles that have to leave. */
  add(source: string, handle: number): number[] {
    this.#entries.set(source, { handle, length: source.length });
    this.#total += source.length;
    this.#latest = source;
    const leaving: number[] = [];
    for (const [oldest, entry] of this.#entries) {
      if (this.#entries.size <= this.#scripts && this.#total <= this.#length) break;
      if (oldest === source) break;
      this.#entries.delete(oldest);
      this.#total -= entry.length;
      leaving.push(entry.handle);
    }
    return leaving;
  }

  clear(): void {
    this.#entries.clear();
    this.#total = 0;
    this.#latest = null;
  }
}

/**
 * Errors in the server's log: one line each, whatever anybody sends. One that comes again within a minute is counted, and told
 * with the next that is written.
 */

/** Milliseconds. */
const TOGETHER = 60_000;
/** Different errors that are remembered. */
const MOST = 100;
const LONGEST = 300;

/** On one line, and without what a terminal would do. */
function onOneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it takes them away
  return text.replace(/[\u0000-\u0020\u007f-\u009f]+/g, " ").slice(0, LONGEST);
}

/** The first place that an error names. */
function placeOf(error: Error): string {
  const [, place = ""] = /^\s*at (.+)$/m.exec(error.stack ?? "") ?? [];
  return place === "" ? "" : ` at ${place}`;
}

export class ErrorLines {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly since: number; more: number }>();

  constructor(write: (line: string) => void, now: () => number = Date.now) {
    this.#write = write;
    this.#now = now;
  }

  /** @param where what failed: it may differ between errors that are the same */
  tell(where: string, error: unknown): void {
    const what = error instanceof Error ? `${error}${placeOf(error)}` : String(error);
    const now = this.#now();
    const known = this.#known.get(what);
    if (known !== undefined && now - known.since < TOGETHER) {
      known.more += 1;
      return;
    }
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(what, { since: now, more: 0 });
    const before =
      known === undefined || known.more === 0 ? "" : ` (${known.more} more since it was told last)`;
    this.#write(`${onOneLine(where)}: ${onOneLine(what)}${before}`);
  }
}

/** Of this isolate: whatever fails for whoever asks. */
export const errorLines = new ErrorLines((line) => console.error(line));

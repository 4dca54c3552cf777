/** What a process writes, line by line: passed on, up to so much in a while, so that a flood fills no disk and hides nothing else. */
import type { Readable } from "node:stream";

/** Lines in a while, and its milliseconds. */
const MOST_LINES = 200;
const WHILE = 10_000;
/** Characters of one line. */
const MOST_CHARACTERS = 8_000;

export class LogLines {
  readonly #tell: (line: string) => void;
  #until = 0;
  #told = 0;
  #withheld = 0;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  add(line: string, now = Date.now()): void {
    if (now >= this.#until) this.#nextWhile(now);
    this.#told += 1;
    if (this.#told > MOST_LINES) {
      this.#withheld += 1;
      return;
    }
    const isLong = line.length > MOST_CHARACTERS;
    this.#tell(isLong ? `${line.slice(0, MOST_CHARACTERS)} … (${line.length} characters)` : line);
  }

  #nextWhile(now: number): void {
    if (this.#withheld > 0) this.#tell(`(${this.#withheld} more lines were left out)`);
    this.#until = now + WHILE;
    this.#told = 0;
    this.#withheld = 0;
  }

  /** Hears a stream of text until it ends. A line without an end is cut where it is too long. */
  hear(stream: Readable): void {
    let begun = "";
    stream.setEncoding("utf8");
    stream.on("data", (part: string) => {
      const lines = (begun + part).split("\n");
      begun = lines.pop() ?? "";
      for (const line of lines) this.add(line);
      if (begun.length <= MOST_CHARACTERS) return;
      this.add(begun);
      begun = "";
    });
    stream.on("end", () => {
      if (begun !== "") this.add(begun);
    });
  }
}

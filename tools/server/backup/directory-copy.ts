/** Copies a data directory while it is being written to, again and again, each time only what changed since. */
import {
  type BigIntStats,
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "./failure.ts";

/** What belongs to the running server alone, and is made anew by the next one. */
const LEFT_OUT = /^(server\.lock.*|run)$/;
/** Shared memory of those who have a database open: made anew from the log that is copied. */
const SHARED_MEMORY = /-shm$/;
/** Nanoseconds: a file that changed twice within its clock's step looks as if it had once. */
const STEP = 2_000_000_000n;

interface Seen {
  readonly size: bigint;
  readonly changed: bigint;
  readonly inode: bigint;
  /** When it was looked at, before it was copied. */
  readonly at: bigint;
}

export interface Round {
  readonly files: number;
  readonly bytes: number;
}

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

/** Null when it went away meanwhile. */
function statOf(path: string): BigIntStats | null {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}

export class DirectoryCopy {
  readonly #source: string;
  readonly #target: string;
  #seen = new Map<string, Seen>();

  constructor(source: string, target: string) {
    this.#source = source;
    this.#target = target;
    mkdirSync(target, { recursive: true, mode: 0o700 });
  }

  /** Relative to the directory, in order. */
  get paths(): string[] {
    return [...this.#seen.keys()].sort();
  }

  /** Afterwards the copy has what the directory had, file by file, at some time during the call. */
  round(): Round {
    const seen = new Map<string, Seen>();
    let files = 0;
    let bytes = 0;
    for (const path of this.#list("")) {
      const at = BigInt(Date.now()) * 1_000_000n;
      const stat = statOf(join(this.#source, path));
      if (stat === null) continue;
      const now = { size: stat.size, changed: stat.mtimeNs, inode: stat.ino, at };
      const before = this.#seen.get(path);
      if (before !== undefined && isSame(before, now)) {
        seen.set(path, before);
        continue;
      }
      if (!this.#copy(path)) continue;
      seen.set(path, now);
      files += 1;
      bytes += Number(stat.size);
    }
    for (const path of this.#seen.keys())
      if (!seen.has(path)) rmSync(join(this.#target, path), { force: true });
    this.#seen = seen;
    return { files, bytes };
  }

  *#list(folder: string): Generator<string> {
    for (const entry of readdirSync(join(this.#source, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (LEFT_OUT.test(path) || SHARED_MEMORY.test(path)) continue;
      if (entry.isDirectory()) yield* this.#list(path);
      else if (entry.isFile()) yield path;
      else
        throw new Failure(
          `${join(this.#source, path)} is neither a file nor a directory: a backup would lack it`,
        );
    }
  }

  #copy(path: string): boolean {
    const target = join(this.#target, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    try {
      copyFileSync(join(this.#source, path), target, constants.COPYFILE_FICLONE);
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
    chmodSync(target, 0o600);
    return true;
  }
}

function isSame(before: Seen, now: Seen): boolean {
  if (before.size !== now.size || before.changed !== now.changed || before.inode !== now.inode) return false;
  return before.changed < before.at - STEP;
}

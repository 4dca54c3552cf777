/**
 * One server for one data directory. When a server is killed outright, what it started may live on and keep writing to the same
 * files: the next start must end it first.
 */
import { linkSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { beginOf, commandOf } from "./processes.ts";
import { isTemporary } from "./run-directory.ts";
import { replaceFile, writeNext } from "./whole-file.ts";

const lockSchema = z.object({
  server: z.int(),
  /** Of all that it has started. */
  runtime: z.array(z.int()),
  /** When each of these began. Earlier versions did not write it. */
  begins: z.record(z.string(), z.string()).default({}),
  /** Where its sockets are. Earlier versions had none. */
  run: z.string().nullable().default(null),
});
type Lock = z.infer<typeof lockSchema>;

/** Milliseconds. */
const BETWEEN_LOOKS = 20;

function read(file: string): Lock | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} cannot be read: make sure that no server uses this directory, and remove it`);
  }
}

/** Whether the process of the lock is there. @param word in its command, where the lock does not say when it began */
function isStill({ begins }: Lock, pid: number, word: string): boolean {
  const command = commandOf(pid);
  if (command === null) return false;
  const began = begins[pid];
  return began === undefined || beginOf(pid) === null ? command.includes(word) : began === beginOf(pid);
}

async function endOrphans(lock: Lock): Promise<void> {
  for (const pid of lock.runtime) {
    if (!isStill(lock, pid, "workerd")) continue;
    process.kill(pid, "SIGKILL");
    while (isStill(lock, pid, "workerd")) await pause(BETWEEN_LOOKS);
  }
}

function isInUse(lock: Lock): boolean {
  // Where nobody says when a process began, another one may have had this one's number before.
  if (lock.server === process.pid && beginOf(process.pid) === null) return false;
  return isStill(lock, lock.server, "node");
}

export interface Users {
  readonly server: number;
  /** What it started, and is there: also of a server that was killed. */
  readonly runtime: readonly number[];
}

/** Who has the directory's files open; null where nobody does. @throws when that cannot be told */
export function usersOf(dataDir: string): Users | null {
  const lock = read(join(dataDir, "server.lock"));
  if (lock === null) return null;
  const runtime = lock.runtime.filter((pid) => isStill(lock, pid, "workerd"));
  return runtime.length > 0 || isStill(lock, lock.server, "node") ? { server: lock.server, runtime } : null;
}

async function clearAway(lock: Lock): Promise<void> {
  await endOrphans(lock);
  if (lock.run !== null && isTemporary(lock.run)) rmSync(lock.run, { recursive: true, force: true });
}

export class DataLock {
  readonly #file: string;
  /** By what they are: one that is started again takes its own place. */
  readonly #started = new Map<string, number>();
  #run: string | null = null;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws when a server that is alive uses the directory */
  static async take(dataDir: string): Promise<DataLock> {
    const lock = new DataLock(join(dataDir, "server.lock"));
    while (!lock.#isTaken()) {
      const other = read(lock.#file);
      if (other === null) continue;
      if (isInUse(other))
        throw new Error(`${dataDir} is in use by the server with process id ${other.server}`);
      await clearAway(other);
      rmSync(lock.#file, { force: true });
    }
    return lock;
  }

  /** What is to be ended should this process be killed. @param name of what it is, whichever process it is now */
  noteProcess(name: string, pid: number): void {
    this.#started.set(name, pid);
    replaceFile(this.#file, this.#text());
  }

  /** Where the sockets are. */
  noteRun(directory: string): void {
    this.#run = directory;
    replaceFile(this.#file, this.#text());
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }

  /** Fails where there is a lock: of two that start together one has it. */
  #isTaken(): boolean {
    const next = writeNext(this.#file, this.#text(), `.${process.pid}`);
    try {
      linkSync(next, this.#file);
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(next, { force: true });
    }
  }

  #text(): string {
    const runtime = [...this.#started.values()];
    const begins = Object.fromEntries(
      [process.pid, ...runtime].flatMap((pid) => {
        const began = beginOf(pid);
        return began === null ? [] : [[pid, began]];
      }),
    );
    return JSON.stringify({ server: process.pid, runtime, begins, run: this.#run } satisfies Lock);
  }
}

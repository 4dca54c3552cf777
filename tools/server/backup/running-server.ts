/** Which processes write to a data directory. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "./failure.ts";

const lockSchema = z.object({ server: z.int(), runtime: z.array(z.int()) });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

export interface Writers {
  readonly server: number;
  readonly runtime: readonly number[];
}

function readLock(file: string): Writers {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new Failure(`${file} cannot be read: is a server just starting?`);
  }
}

/** Null where no server is running; also of a server that was killed, whose runtime lives on. */
export function writersOf(dataDir: string): Writers | null {
  const file = join(dataDir, "server.lock");
  if (!existsSync(file)) return null;
  const { server, runtime } = readLock(file);
  const alive = runtime.filter(isAlive);
  return isAlive(server) || alive.length > 0 ? { server, runtime: alive } : null;
}

export function runtimeOf(dataDir: string): readonly number[] {
  return writersOf(dataDir)?.runtime ?? [];
}

/** The directory of everything that must survive: the server's own, and closed to all others. */
import { accessSync, chmodSync, constants, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const OWNER_ALONE = 0o700;
const SHARED_BY_ALL = 0o1000;

/** What the system says of a directory, in the words of who starts the server. */
const words: Readonly<Record<string, string>> = {
  EACCES: "is not accessible to this user",
  EPERM: "is not accessible to this user",
  EROFS: "is on a file system that can only be read",
  ENOSPC: "is on a file system that is full",
  EDQUOT: "is on a file system on which this user may write no more",
  ENOTDIR: "is no directory",
  EEXIST: "is no directory",
  ENOENT: "cannot be made",
  EIO: "is on a disk that fails",
};

function inWords(dataDir: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = words[code];
  if (said === undefined) return error;
  return new Error(`the data directory ${dataDir} ${said}: DATA_DIR chooses another one`, { cause: error });
}

/** Runs what writes there. @throws in words, where it cannot be written to */
export async function within<T>(dataDir: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inWords(dataDir, error);
  }
}

/** Makes it where it is not there. Whatever rights it had, it is its owner's alone from now on. */
export function prepareDataDirectory(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: OWNER_ALONE });
  const { mode, uid } = statSync(dataDir);
  const me = process.getuid?.();
  if (me !== undefined && uid !== me)
    throw new Error(
      `the data directory ${dataDir} belongs to another user (${uid}, and this is ${me}): DATA_DIR chooses another one`,
    );
  if ((mode & SHARED_BY_ALL) !== 0)
    throw new Error(
      `the data directory ${dataDir} is shared by all users: DATA_DIR chooses one of the server's own`,
    );
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  chmodSync(dataDir, OWNER_ALONE);
  for (const folder of ["d1", "durable-objects", "queues"])
    mkdirSync(join(dataDir, folder), { recursive: true, mode: OWNER_ALONE });
  for (const entry of readdirSync(dataDir, { withFileTypes: true })) {
    if (entry.isDirectory()) chmodSync(join(dataDir, entry.name), OWNER_ALONE);
    else if (entry.isFile()) chmodSync(join(dataDir, entry.name), 0o600);
  }
}

/** What a process asks of the disk while something is done, counted by `strace`. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

export const isTracerThere = spawnSync("strace", ["-V"]).status === 0;

export interface DiskWork {
  /** Commits: SQLite syncs its log once for each. */
  readonly commits: number;
  /** All syncs, those of commits among them. */
  readonly syncs: number;
  readonly newFiles: number;
}

// fdatasync(31</data/durable-objects/…/….sqlite-wal>) = 0
const SYNC = /\bf(?:data)?sync\(\d+<([^>]*)>/;
const CREATED = /\bopenat\([^,]+, "([^"]+)", [^)]*O_CREAT[^)]*\) = \d/;
/** SQLite keeps it open for all of a database's life, and makes it with its log. */
const OF_THE_LOG = /-shm$/;

/** @param lines as `strace -f -y` writes them; a call that another thread's interrupts has two */
export function readTrace(lines: readonly string[]): DiskWork {
  const synced = lines.flatMap((line) => SYNC.exec(line)?.[1] ?? []);
  const created = lines.flatMap((line) => CREATED.exec(line)?.[1] ?? []);
  return {
    commits: synced.filter((path) => path.endsWith("-wal")).length,
    syncs: synced.length,
    newFiles: new Set(created.filter((path) => !OF_THE_LOG.test(basename(path)))).size,
  };
}

function attached(tracer: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    tracer.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("attached")) resolve();
    });
    tracer.once("exit", () => reject(new Error(`strace: ${said}`)));
  });
}

/** Nothing is counted where `strace` is not installed. @param pids of processes of this user that are running */
export async function countDiskWork(pids: readonly number[], work: () => Promise<void>): Promise<DiskWork> {
  if (!isTracerThere) {
    await work();
    return { commits: 0, syncs: 0, newFiles: 0 };
  }
  const folder = mkdtempSync(join(tmpdir(), "trento-edge-trace-"));
  const file = join(folder, "trace");
  const which = pids.flatMap((pid) => ["-p", String(pid)]);
  const tracer = spawn("strace", ["-f", "-y", "-e", "trace=fsync,fdatasync,openat", "-o", file, ...which], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    await attached(tracer);
    await work();
  } finally {
    const gone = new Promise((resolve) => tracer.once("exit", resolve));
    if (tracer.exitCode === null && tracer.kill("SIGINT")) await gone;
  }
  const lines = readFileSync(file, "utf8").split("\n");
  rmSync(folder, { recursive: true, force: true });
  return readTrace(lines);
}

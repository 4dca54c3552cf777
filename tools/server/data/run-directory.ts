/** The directory of a running server's sockets and of the configuration that it writes: nobody else gets in. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Bytes. What all systems take for the path of a socket, with some left over. */
const LONGEST_PATH = 100;
const LONGEST_NAME = "/evaluator.sock";
const TEMPORARY = join(tmpdir(), "trento-edge-run-");

/** Whether it is one beside the data directory, and goes with its server. */
export function isTemporary(directory: string): boolean {
  return directory.startsWith(TEMPORARY) && dirname(directory) === dirname(TEMPORARY);
}

/** Empty, whatever a killed server has left. */
export function makeRunDirectory(dataDir: string): string {
  const directory = join(dataDir, "run");
  if (Buffer.byteLength(directory + LONGEST_NAME) > LONGEST_PATH) return mkdtempSync(TEMPORARY);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
  return directory;
}

export function removeRunDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

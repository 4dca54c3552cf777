/** How the machine is while something is measured: figures of a busy machine or a slow disk say little of the product. */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./median.ts";

const SYNCS = 15;

export interface Machine {
  /** Milliseconds that the disk takes for one `fsync` of 4 KB: the median of some. */
  readonly fsync: number;
  /** Processes that wanted to run, on average over the last minute. */
  readonly load: number;
}

export function readMachine(folder = tmpdir()): Machine {
  const home = mkdtempSync(join(folder, "trento-edge-fsync-"));
  const file = openSync(join(home, "file"), "w", 0o600);
  const block = Buffer.alloc(4_096, 1);
  const times = Array.from({ length: SYNCS }, () => {
    const before = performance.now();
    writeSync(file, block);
    fsyncSync(file);
    return performance.now() - before;
  });
  closeSync(file);
  rmSync(home, { recursive: true, force: true });
  const [load = Number.NaN] = loadavg();
  return { fsync: median(times), load };
}

export function inWords({ fsync, load }: Machine): string {
  return `fsync ${fsync.toFixed(1)} ms, load ${load.toFixed(1)}`;
}

/** Files that are there whole or not at all, whenever this process or the machine ends; readable by their owner alone. */
import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes what is to take the place of a file, and gives its path. @param mark tells it from what others write at the same time */
export function writeNext(file: string, text: string, mark = ""): string {
  const next = `${file}${mark}.next`;
  try {
    writeFileSync(next, text, { mode: 0o600, flush: true });
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
  return next;
}

export function replaceFile(file: string, text: string): void {
  renameSync(writeNext(file, text), file);
}

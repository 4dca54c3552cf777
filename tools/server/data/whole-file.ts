/** Files that are there whole or not at all, whenever this process or the machine ends; readable by their owner alone. */
import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes what is to take the place of a file. @returns its path */
export function writeNext(file: string, text: string): string {
  const next = `${file}.${process.pid}.next`;
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

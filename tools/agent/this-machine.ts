/** The machine that this process runs on. */
import { execFile } from "node:child_process";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import type { Machine, Output } from "./machine.ts";

const LONGEST = 10_000;
const LARGEST_OUTPUT = 8 * 1024 * 1024;

function run(command: string, args: readonly string[]): Promise<Output> {
  return new Promise((resolve) => {
    execFile(
      command,
      [...args],
      // What commands say is read here: it must not be in the language of the machine.
      { timeout: LONGEST, maxBuffer: LARGEST_OUTPUT, env: { ...process.env, LC_ALL: "C" } },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, complaint: stderr.trim() });
        else {
          const code = typeof error.code === "number" ? error.code : null;
          resolve({ code, stdout, complaint: stderr.trim() || error.message.trim() });
        }
      },
    );
  });
}

export const thisMachine: Machine = {
  readFile: (path) => readFile(path, "utf8"),
  readDirectory: async (path) => {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  },
  ownerOf: async (path) => {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  },
  realPath: (path) => realpath(path),
  run,
};

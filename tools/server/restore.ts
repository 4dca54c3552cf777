/** `npm run restore -- DIRECTORY`: makes a data directory of a backup. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Failure, orTell, runOrTell } from "./backup/failure.ts";
import { DATA, entryOf, type FileEntry, readManifest } from "./backup/manifest.ts";
import { usersOf } from "./data/lock.ts";

const USAGE = `Usage: npm run restore -- DIRECTORY

Makes a data directory (DATA_DIR, or .data), which must be empty or missing, of what npm run backup saved in a directory.`;

/** What a restore is at work on; one that was killed leaves it behind. */
const PART = ".restoring";
const SECRETS = "secrets.json";

function refuseUsed(dataDir: string): void {
  if (!existsSync(dataDir)) return;
  const users = orTell(() => usersOf(dataDir));
  if (users !== null) throw new Failure(`${dataDir} is in use by the server with process id ${users.server}`);
  if (readdirSync(dataDir).some((name) => name !== PART))
    throw new Failure(`${dataDir} is not empty, and is not overwritten`);
}

function listOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

async function copyFile(backup: string, part: string, { path, size, sha256 }: FileEntry): Promise<void> {
  const source = join(backup, DATA, path);
  if (!existsSync(source)) throw new Failure(`${backup} is not whole: ${path} is missing`);
  const target = join(part, path);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  copyFileSync(source, target);
  chmodSync(target, 0o600);
  // What was copied is what is looked at.
  const copied = await entryOf(part, path);
  if (copied.size !== size) {
    throw new Failure(`${backup} is damaged: ${path} has ${copied.size} bytes instead of ${size}`);
  }
  if (copied.sha256 !== sha256) throw new Failure(`${backup} is damaged: ${path} is not what was saved`);
}

/** The secrets last: without them no server takes it for what it was. */
function moveUp(part: string, dataDir: string): void {
  const names = readdirSync(part).sort((one, other) => Number(one === SECRETS) - Number(other === SECRETS));
  for (const name of names) renameSync(join(part, name), join(dataDir, name));
}

/** @returns how many files there were; @throws {@link Failure} with what stands in the way */
export async function restore(backup: string, dataDir: string): Promise<number> {
  refuseUsed(dataDir);
  const { files } = readManifest(backup);
  const source = join(backup, DATA);
  const known = new Set(files.map(({ path }) => path));
  const unknown = listOf(source).find((path) => !known.has(path));
  if (unknown !== undefined) throw new Failure(`${backup} is damaged: nothing is said of ${unknown}`);
  // Within it: it may be a mount, which nothing can be renamed to.
  const part = join(dataDir, PART);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  try {
    for (const file of files) await copyFile(backup, part, file);
    moveUp(part, dataDir);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return files.length;
}

if (import.meta.main) {
  process.umask(0o077);
  const [backup, ...others] = process.argv.slice(2);
  if (backup === undefined || backup.startsWith("-") || others.length > 0) {
    console.error(USAGE);
    process.exit(2);
  }
  await runOrTell(async () => {
    const dataDir = resolve(process.env.DATA_DIR ?? ".data");
    const count = await restore(resolve(backup), dataDir);
    console.log(`Restored ${count} files into ${dataDir}.`);
  });
}

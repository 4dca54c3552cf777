/**
 * `npm run backup -- DIRECTORY`: saves the data directory of a server, which may be serving meanwhile. What is saved is what a
 * crash would have left at one moment: the runtime stands still while the last changes are copied.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DirectoryCopy, type Round } from "./backup/directory-copy.ts";
import { Failure, orTell, runOrTell } from "./backup/failure.ts";
import { DATA, entryOf, MANIFEST, type Manifest } from "./backup/manifest.ts";
import { standingStill } from "./backup/standstill.ts";
import { usersOf } from "./data/lock.ts";

const USAGE = `Usage: npm run backup -- DIRECTORY

Saves the data directory (DATA_DIR, or .data) into a directory that is not there yet. The server may go on serving.`;

/** Rounds while the server goes on, until so little changes from one to the next that the last one takes a moment. */
const MOST_ROUNDS = 5;
const LITTLE = 16_000_000;

export interface Saved {
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds that the server stood still. */
  readonly stoodStill: number;
}

function untilLittleChanges(copy: DirectoryCopy): void {
  let before = Number.POSITIVE_INFINITY;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { bytes }: Round = copy.round();
    if (bytes < LITTLE || bytes > before) return;
    before = bytes;
  }
}

function refuseOther(dataDir: string): void {
  try {
    accessSync(join(dataDir, "secrets.json"), constants.R_OK);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EACCES") {
      throw new Failure(`${dataDir} is another user's: make the backup as that user, or as root`);
    }
    throw new Failure(`${dataDir} is not a server's data directory: it has no secrets.json`);
  }
}

/** @throws {@link Failure} with what stands in the way */
export async function backUp(dataDir: string, target: string): Promise<Saved> {
  refuseOther(dataDir);
  if (existsSync(target)) throw new Failure(`${target} is there already, and is not overwritten`);
  if (!existsSync(dirname(target))) throw new Failure(`${dirname(target)} is not there`);
  const source = realpathSync(dataDir);
  if (`${realpathSync(dirname(target))}/`.startsWith(`${source}/`)) {
    throw new Failure(`${target} lies within the data directory`);
  }
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { mode: 0o700 });
  try {
    const saved = await copyInto(source, part);
    renameSync(part, target);
    return saved;
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}

function runtimeOf(dataDir: string): readonly number[] {
  return orTell(() => usersOf(dataDir))?.runtime ?? [];
}

async function copyInto(source: string, part: string): Promise<Saved> {
  const data = join(part, DATA);
  const copy = new DirectoryCopy(source, data);
  const pids = runtimeOf(source);
  if (pids.length > 0) untilLittleChanges(copy);
  const { milliseconds } = await standingStill(pids, () => copy.round());
  if (String(runtimeOf(source)) !== String(pids)) {
    throw new Failure("the server was started, restarted or ended meanwhile: make the backup again");
  }
  const files = [];
  for (const path of copy.paths) files.push(await entryOf(data, path));
  const manifest: Manifest = { format: 1, created_at: new Date().toISOString(), files };
  writeFileSync(join(part, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true });
  return {
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    stoodStill: milliseconds,
  };
}

if (import.meta.main) {
  process.umask(0o077);
  const [target, ...others] = process.argv.slice(2);
  if (target === undefined || target.startsWith("-") || others.length > 0) {
    console.error(USAGE);
    process.exit(2);
  }
  await runOrTell(async () => {
    const { files, bytes, stoodStill } = await backUp(
      resolve(process.env.DATA_DIR ?? ".data"),
      resolve(target),
    );
    const size = `${files} files, ${(bytes / 1_000_000).toFixed(1)} MB`;
    console.log(`Saved ${size} in ${target}; the server stood still for ${Math.ceil(stoodStill)} ms.`);
  });
}

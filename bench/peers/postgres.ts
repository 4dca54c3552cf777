/** A PostgreSQL of its own, with its defaults, in a directory that is removed afterwards. */
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../test/server/server-process.ts";

const DISTRIBUTION = "/usr/lib/postgresql";
/** Milliseconds. */
const PATIENCE = 30_000;
const BETWEEN_LOOKS = 100;

export interface Postgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** The folder of its programs, which distributions keep out of the path; null where it is not installed. */
function programs(): string | null {
  const versions = existsSync(DISTRIBUTION) ? readdirSync(DISTRIBUTION) : [];
  const folders = [
    ...versions
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(DISTRIBUTION, version, "bin")),
    ...(process.env.PATH ?? "").split(":"),
  ];
  return folders.find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** It refuses to run as root: then as the user that its package made. */
function owner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** @returns null where it is not installed */
export async function startPostgres(): Promise<Postgres | null> {
  const folder = programs();
  if (folder === null) return null;
  const user = owner();
  const home = mkdtempSync(join(tmpdir(), "trento-edge-postgres-"));
  if (user !== null) chownSync(home, user.uid, user.gid);
  const data = join(home, "data");
  const as = { cwd: home, ...(user ?? {}) };
  execFileSync(join(folder, "initdb"), ["-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8"], {
    ...as,
    stdio: "ignore",
  });
  const port = await freePort();
  const options = ["-D", data, "-p", String(port), "-k", home, "-c", "listen_addresses=127.0.0.1"];
  const server = spawn(join(folder, "postgres"), options, { ...as, stdio: "ignore" });
  const url = `postgresql://bench@127.0.0.1:${port}/postgres`;
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const stop = async () => {
    // Quickly: nobody needs what is in it.
    server.kill("SIGQUIT");
    await gone;
    rmSync(home, { recursive: true, force: true });
  };
  const isReady = () => {
    try {
      execFileSync(join(folder, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };
  for (const end = Date.now() + PATIENCE; !isReady(); ) {
    if (Date.now() > end || server.exitCode !== null) {
      await stop();
      throw new Error("PostgreSQL does not start");
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
  }
  return { url, stop };
}

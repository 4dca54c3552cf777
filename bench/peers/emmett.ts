/** Starts the peer: its packages are fetched when they are not there yet, its database is a PostgreSQL of its own. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { apiKeyOf } from "../../workers/auth/tokens.ts";
import { startPostgres } from "./postgres.ts";

const folder = join(import.meta.dirname, "emmett");
const SECRET = "a secret for measuring alone, forty-eight bytes!";

export interface Peer {
  readonly url: string;
  readonly apiKey: string;
  stop(): Promise<void>;
}

function fetchPackages(): void {
  if (existsSync(join(folder, "node_modules/@event-driven-io/emmett"))) return;
  const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`the packages of the peer could not be fetched:\n${stderr}`);
}

/** @returns null where PostgreSQL is not installed */
export async function startPeer(): Promise<Peer | null> {
  const postgres = await startPostgres();
  if (postgres === null) return null;
  try {
    fetchPackages();
    const server = spawn(process.execPath, [join(folder, "server.ts")], {
      env: { ...process.env, DATABASE_URL: postgres.url, KEY_SECRET: SECRET },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await new Promise<string>((resolve, reject) => {
      server.once("exit", (code) => reject(new Error(`the peer ended with ${code}`)));
      server.stdout.on("data", (chunk: Buffer) => {
        const found = /serves (\S+)/.exec(chunk.toString())?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const created_at = new Date().toISOString();
    return {
      url,
      apiKey: await apiKeyOf({ jti: crypto.randomUUID(), created_at, expire_at: null }, SECRET),
      stop: async () => {
        const gone = new Promise((resolve) => server.once("exit", resolve));
        server.kill("SIGTERM");
        await gone;
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** The server that is measured: the product's bundle with doors for measuring, started as it is for people. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../tools/start/build.ts";
import { type Server, startServer } from "../tools/start/server.ts";

export interface Target {
  readonly server: Server;
  readonly dataDir: string;
  readonly token: string;
  stop(): Promise<void>;
}

export async function startTarget(): Promise<Target> {
  const bundle = join(root, "dist/bench");
  const built = spawnSync(
    join(root, "node_modules/.bin/wrangler"),
    ["deploy", "bench/worker.ts", "--dry-run", "--outdir", bundle],
    { cwd: root, encoding: "utf8", env: { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false" } },
  );
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
  const dataDir = mkdtempSync(join(tmpdir(), "trento-edge-bench-"));
  const server = await startServer({
    dataDir,
    port: 0,
    quiet: true,
    adminPassword: "bench",
    bundle: join(bundle, "worker.js"),
    durableObjects: { BARE: { className: "BareObject", useSQLite: true } },
  });
  const answer = await fetch(`${server.url}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username: server.adminUser, password: "bench" }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return {
    server,
    dataDir,
    token: access_token,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The server that is measured: the product's bundle with doors for measuring, started as it is for people. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { build, root } from "../tools/server/build.ts";
import { statFields } from "../tools/server/data/processes.ts";
import { type Server, startServer } from "../tools/server/server.ts";
import { fire } from "./load.ts";

export interface Target {
  readonly server: Server;
  /** Straight to the runtime, over its socket: the front is measured by itself. */
  readonly url: string;
  readonly dataDir: string;
  readonly token: string;
  /** Another token: they last for three minutes. */
  signIn(): Promise<string>;
  stop(): Promise<void>;
}

const countersSchema = z.object({
  rows: z.int(),
  rowsRead: z.int(),
  alarms: z.int(),
  calls: z.int(),
  callTime: z.number(),
  statements: z.int(),
  tableRowsRead: z.int(),
  tableRowsWritten: z.int(),
  messages: z.int(),
  lastMessageAt: z.int(),
});

/** Over a connection of its own: while the runtime is busy it may close one that was open before. */
async function read(target: Target, path: string): Promise<unknown> {
  const agent = new Agent({ keepAlive: false });
  const { body } = await fire(agent, target.url, { method: "GET", path });
  agent.destroy();
  return JSON.parse(body);
}

export async function readCounters(target: Target) {
  return countersSchema.parse(await read(target, "/api/bench/counters"));
}

export type Counted = Awaited<ReturnType<typeof readCounters>>;

/** Moves the clock of all objects ahead, in milliseconds. */
export async function clockAhead(target: Target, milliseconds: number): Promise<void> {
  await read(target, `/api/bench/clock?ahead=${milliseconds}`);
}

/** So many entries more in the activity log. */
export async function fillLog(target: Target, entries: number): Promise<void> {
  await read(target, `/api/bench/log?count=${entries}`);
}

const TICKS_PER_SECOND = 100;

const lockSchema = z.object({ runtime: z.array(z.int()) });

/** Ids of the processes that do the server's work. */
export function runtimeOf({ dataDir }: Target): number[] {
  return lockSchema.parse(JSON.parse(readFileSync(join(dataDir, "server.lock"), "utf8"))).runtime;
}

/** Processor time that the runtime has taken, in milliseconds. */
export function processorTime(target: Target): number {
  const ticks = runtimeOf(target).map((pid) => {
    const fields = statFields(pid);
    return Number(fields[11]) + Number(fields[12]);
  });
  return (ticks.reduce((sum, one) => sum + one, 0) * 1_000) / TICKS_PER_SECOND;
}

/** Numbers of rows in the read models. */
export async function readCounts(target: Target): Promise<Record<string, number>> {
  return z.record(z.string(), z.int()).parse(await read(target, "/api/bench/counts"));
}

/** Milliseconds without anything after which nothing more is under way: longer than the alarms take to look after messages. */
const QUIET = 15_000;

/**
 * Waits until no message comes any more, and no object writes a row in its alarm.
 * @returns when the last message was done with: a row of a read model, or a reaction
 */
export async function settled(target: Target): Promise<number> {
  let rows = -1;
  for (let changedAt = Date.now(); ; ) {
    const now = await readCounters(target);
    if (now.rows !== rows) changedAt = Date.now();
    rows = now.rows;
    if (Date.now() - Math.max(now.lastMessageAt, changedAt) > QUIET) return now.lastMessageAt;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/**
 * @param variables of the Worker
 * @param inspector where a profiler finds the runtime
 */
export async function startTarget(
  variables: Readonly<Record<string, string>> = {},
  inspector?: string,
): Promise<Target> {
  const bundle = join(root, "dist/bench");
  // The configuration names the folder of the UI, which a fresh clone lacks.
  await build((step) => console.log(step));
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
    variables,
    ...(inspector === undefined ? {} : { inspector }),
    bundle: join(bundle, "worker.js"),
    durableObjects: [{ binding: "BARE", className: "BareObject" }],
  });
  const signIn = async () => {
    const answer = await fetch(`${server.url}/api/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username: server.adminUser, password: "bench" }),
    });
    return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
  };
  return {
    server,
    url: `unix:${server.runtimeSocket}`,
    dataDir,
    token: await signIn(),
    signIn,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * One server for one data directory. When a server is killed outright, its workerd lives on as an orphan and keeps
 * writing to the same files: the next start must end it first.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const lockSchema = z.object({ server: z.int(), runtime: z.array(z.int()) });

function commandOf(pid: number): string | null {
  try {
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}

function childrenOf(pid: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [child, parent, ...args] = line.trim().split(/\s+/);
    return Number(parent) === pid && args.join(" ").includes("workerd") ? [Number(child)] : [];
  });
}

function lockFile(dataDir: string): string {
  return join(dataDir, "server.lock");
}

async function endOrphans(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    if (!commandOf(pid)?.includes("workerd")) continue;
    process.kill(pid, "SIGKILL");
    while (commandOf(pid)?.includes("workerd serve")) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @throws when a server that is alive uses the directory */
export async function takeLock(dataDir: string): Promise<void> {
  const file = lockFile(dataDir);
  if (existsSync(file)) {
    const parsed = lockSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (parsed.success) {
      const { server, runtime } = parsed.data;
      const isAlive = server !== process.pid && commandOf(server)?.includes("node") === true;
      if (isAlive) throw new Error(`${dataDir} is in use by the server with process id ${server}`);
      await endOrphans(runtime);
    }
  }
  writeFileSync(file, JSON.stringify({ server: process.pid, runtime: [] }));
}

/** Once the runtime is there: remembers what to end should this process be killed. */
export function recordRuntime(dataDir: string): void {
  writeFileSync(lockFile(dataDir), JSON.stringify({ server: process.pid, runtime: childrenOf(process.pid) }));
}

export function releaseLock(dataDir: string): void {
  rmSync(lockFile(dataDir), { force: true });
}

/** Lets processes stand still for a moment, and go on whatever becomes of this one. */
import { execFileSync, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { hasProcessFiles, statFields } from "../data/processes.ts";
import { Failure } from "./failure.ts";

/** Milliseconds. */
const BETWEEN_LOOKS = 5;
const LONGEST_STOPPING = 5_000;

/** Its state, as `T` for one that stands still; null when it is gone. */
function stateOf(pid: number): string | null {
  try {
    if (hasProcessFiles) return statFields(pid)[0] ?? null;
    return execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" })[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * Lets them go on when its input ends, as it does with the process that holds the other end, however that ends. Its group is
 * its own: whoever ends ours leaves it alone.
 */
function startWatchdog(pids: readonly number[]) {
  const script = 'read -r _; kill -CONT "$@" 2>/dev/null';
  const child = spawn("/bin/sh", ["-c", script, "sh", ...pids.map(String)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.unref();
  return child;
}

function signal(pid: number, name: "SIGSTOP" | "SIGCONT"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return;
    if (error instanceof Error && "code" in error && error.code === "EPERM") {
      throw new Failure("the server runs as another user: make the backup as that user, or as root");
    }
    throw error;
  }
}

async function untilStill(pids: readonly number[]): Promise<void> {
  for (const end = Date.now() + LONGEST_STOPPING; Date.now() < end; await pause(BETWEEN_LOOKS)) {
    const states = pids.map(stateOf);
    if (states.includes(null))
      throw new Failure("the server ended or was restarted meanwhile: make the backup again");
    if (states.every((state) => state === "T")) return;
  }
  throw new Failure("the server's runtime does not stand still");
}

/** @returns what the work gave, and for how many milliseconds they stood still */
export async function standingStill<Value>(
  pids: readonly number[],
  work: () => Value,
): Promise<{ readonly value: Value; readonly milliseconds: number }> {
  if (pids.length === 0) return { value: work(), milliseconds: 0 };
  const watchdog = startWatchdog(pids);
  const started = performance.now();
  try {
    for (const pid of pids) signal(pid, "SIGSTOP");
    await untilStill(pids);
    const value = work();
    if (pids.some((pid) => stateOf(pid) !== "T")) {
      throw new Failure("the server went on before the backup was done: make it again");
    }
    return { value, milliseconds: performance.now() - started };
  } finally {
    for (const pid of pids) signal(pid, "SIGCONT");
    watchdog.stdin?.end();
  }
}

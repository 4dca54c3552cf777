/** Ends a process that answers nobody, or has grown too large: whoever supervises it starts it anew. */
import { readFileSync } from "node:fs";
import { request } from "node:http";

export interface WatchOptions {
  /** Of the process, as long as it runs. */
  readonly pid: () => number | undefined;
  readonly socket: string;
  /** Ends it at once. @param reason for people, as "has answered nobody for 10 s" */
  readonly end: (reason: string) => void;
  /** Milliseconds between two questions. */
  readonly every?: number;
  /** Milliseconds within which a question is answered. */
  readonly silence?: number;
  /** Milliseconds within which it can be asked once it has been started. */
  readonly start?: number;
  /** Bytes of resident memory. */
  readonly memory?: number;
}

const EVERY = 1_000;
/** A script that uses up all it may takes a tenth of a second; with little of a busy machine, some seconds. */
const SILENCE = 10_000;
const START = 30_000;
const MEMORY = 512 * 1024 * 1024;
const PAGE = 4_096;

/** Null where it cannot be told: the process is gone, or the system is none that shows it as Linux does. */
function residentMemory(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE;
  } catch {
    return null;
  }
}

/** `silent` where it took the question and gave no answer; who cannot be connected to is about to start, or has ended. */
type Outcome = "answered" | "away" | "silent";

function ask(socketPath: string, patience: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const sent = request(
      { socketPath, agent: false, path: "/", headers: { Host: "evaluator" } },
      (answer) => {
        answer.resume();
        settle("answered");
      },
    );
    const timer = setTimeout(() => settle("silent"), patience);
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
      sent.destroy();
    };
    sent.on("error", () => settle("away"));
    sent.end();
  });
}

/** @returns what stops the watch */
export function watch(options: WatchOptions): () => void {
  const { socket, end, every = EVERY, silence = SILENCE, start = START, memory = MEMORY } = options;
  let isStopped = false;
  /** The process that could not be asked, and since when. */
  let away: { readonly pid: number; readonly since: number } | null = null;
  let timer: NodeJS.Timeout;
  const look = async () => {
    const pid = options.pid();
    const outcome = await ask(socket, silence);
    if (isStopped) return;
    if (pid !== undefined && pid === options.pid()) {
      const reason = reasonToEnd(pid, outcome);
      if (reason !== null) end(reason);
    }
    next();
  };
  const reasonToEnd = (pid: number, outcome: Outcome): string | null => {
    const now = performance.now();
    if (outcome !== "away") away = null;
    else if (away?.pid !== pid) away = { pid, since: now };
    if (outcome === "silent") return `has answered nobody for ${silence / 1_000} s`;
    if (away !== null && now - away.since > start) return `cannot be asked for ${start / 1_000} s`;
    if ((residentMemory(pid) ?? 0) > memory)
      return `has taken more than ${Math.round(memory / 1024 / 1024)} MB`;
    return null;
  };
  const next = () => {
    timer = setTimeout(() => {
      look().catch((error: unknown) => {
        console.error("the watch over the evaluator failed", error);
        next();
      });
    }, every);
  };
  next();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/**
 * A process of workerd that is started again when it ends by itself, and ends with this one. It is ready when its sockets listen,
 * each time anew.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { Readable } from "node:stream";
import { whenListening } from "./listening.ts";
import { LogLines } from "./log-lines.ts";

export interface SupervisedProcessOptions {
  /** In sentences: "the runtime". */
  readonly name: string;
  readonly command: string;
  /** The process reports on descriptor 3 what it listens on. */
  readonly args: readonly string[];
  /** All that it has of an environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of the sockets that must listen. */
  readonly sockets: readonly string[];
  /** What comes before each start. */
  readonly prepare: () => void;
  /** It has a process id: before it is ready. */
  readonly onStart?: (pid: number) => void;
  /** It is ready, for the first time or again. */
  readonly onReady?: () => void;
  /** It has ended by itself, and is started again. */
  readonly onEnd?: () => void;
  readonly tell: (line: string) => void;
  /** What the process itself writes; nowhere if it is not given. */
  readonly log?: (line: string) => void;
}

/** Milliseconds before it is started again: more and more, until it has lived for a while. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;
const LONG_LIFE = 60_000;
/** Milliseconds that it has to end by itself: it would wait for every open connection, sleeping WebSockets included. */
const TO_END = 1_000;
/** Last lines that are told when it does not even start. */
const LAST_LINES = 20;

let diesWithParent: readonly string[] | null = null;

/** The kernel ends it when this process ends, however that is: where `setpriv` (util-linux) is there. */
function bound(): readonly string[] {
  if (diesWithParent === null) {
    const prefix = ["setpriv", "--pdeathsig", "KILL", "--"];
    const [command = "", ...args] = prefix;
    diesWithParent = spawnSync(command, [...args, "true"], { stdio: "ignore" }).status === 0 ? prefix : [];
  }
  return diesWithParent;
}

export class SupervisedProcess {
  readonly #options: SupervisedProcessOptions;
  readonly #lastLines: string[] = [];
  #child: ChildProcess | null = null;
  #pause = FIRST_PAUSE;
  #timer: NodeJS.Timeout | null = null;
  /** Once it was ready it is started again, until it is stopped. */
  #isKept = false;

  private constructor(options: SupervisedProcessOptions) {
    this.#options = options;
  }

  /** @throws when it ends before it is ready for the first time, with what it wrote */
  static async start(options: SupervisedProcessOptions): Promise<SupervisedProcess> {
    const supervised = new SupervisedProcess(options);
    await new Promise<void>((ready, failed) => {
      const child = supervised.#spawn(() => {
        supervised.#isKept = true;
        ready();
      });
      child.once("error", failed);
      child.once("close", () => {
        const said = supervised.#lastLines.join("\n");
        failed(new Error(`${options.name} did not start${said === "" ? "" : `:\n${said}`}`));
      });
    });
    return supervised;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Ends it at once; it is started again as if it had ended by itself. */
  restart(): void {
    this.#child?.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    this.#isKept = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), TO_END);
    await gone;
    clearTimeout(patience);
  }

  #spawn(ready: () => void): ChildProcess {
    const { command, args, env, sockets, prepare, onReady } = this.#options;
    prepare();
    const [first = command, ...rest] = [...bound(), command, ...args];
    // A group of its own: Ctrl+C in a terminal is for this process, which ends the other in its turn.
    const child = spawn(first, rest, { stdio: ["ignore", "pipe", "pipe", "pipe"], env, detached: true });
    this.#child = child;
    const endAtOnce = () => child.kill("SIGKILL");
    process.once("exit", endAtOnce);
    child.once("exit", () => process.off("exit", endAtOnce));
    const began = Date.now();
    this.#hear(child);
    const [, , , control] = child.stdio;
    if (control instanceof Readable)
      whenListening(control, sockets, () => {
        ready();
        onReady?.();
      });
    child.once("exit", (code, signal) => this.#ended(began, signal ?? `exit code ${code}`));
    // One that could not be started has no id, and does not exit.
    child.once("error", (error) => {
      if (child.pid === undefined) this.#ended(began, error.message);
    });
    this.#note(child);
    return child;
  }

  #note(child: ChildProcess): void {
    const { name, onStart, tell } = this.#options;
    if (child.pid === undefined) return;
    try {
      onStart?.(child.pid);
    } catch (error) {
      // Should this process be killed, nobody would know that it is there: another is started later.
      child.kill("SIGKILL");
      if (!this.#isKept) throw error;
      tell(`${name} cannot be kept (${error instanceof Error ? error.message : error})`);
    }
  }

  #hear(child: ChildProcess): void {
    const lines = new LogLines((line) => {
      this.#lastLines.push(line);
      if (this.#lastLines.length > LAST_LINES) this.#lastLines.shift();
      this.#options.log?.(line);
    });
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) lines.hear(stream);
  }

  #ended(began: number, how: string): void {
    if (!this.#isKept) return;
    this.#options.onEnd?.();
    if (Date.now() - began > LONG_LIFE) this.#pause = FIRST_PAUSE;
    this.#startLater(`ended (${how})`);
  }

  #startLater(why: string): void {
    this.#options.tell(`${this.#options.name} ${why}: it is started again`);
    this.#timer = setTimeout(() => {
      try {
        this.#spawn(() => {});
      } catch (error) {
        // What comes before a start may fail, as on a full disk.
        this.#startLater(`cannot be started (${error instanceof Error ? error.message : error})`);
      }
    }, this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }
}

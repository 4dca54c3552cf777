/** A server in a process of its own, started as a person starts it, that can be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";

const lockSchema = z.object({ runtime: z.array(z.int()) });

const root = join(import.meta.dirname, "../..");

/** A port that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(address),
      );
    });
  });
}

export class ServerProcess {
  readonly url: string;
  readonly #environment: Record<string, string>;
  readonly #directory: string;
  #process: ChildProcess | null = null;
  output = "";

  /** @param directory where it is installed */
  constructor(port: number, environment: Record<string, string>, directory = root) {
    this.#directory = directory;
    this.url = `http://127.0.0.1:${port}`;
    this.#environment = { ...environment, PORT: String(port) };
  }

  /** Starts it and waits until it says that it serves. */
  async start(): Promise<void> {
    this.output = "";
    const child = spawn(join(this.#directory, "node_modules/.bin/node"), ["tools/server/main.ts"], {
      cwd: this.#directory,
      env: { ...process.env, ...this.#environment },
      // A group of its own: killing the group kills the runtime too.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        this.output += chunk.toString();
        if (this.output.includes("Ctrl+C stops it.")) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("exit", (code) => reject(new Error(`the server ended with ${code}:\n${this.output}`)));
    });
  }

  /** `kill -9`. With `orphan`, only the server's own process: what it has started is left to itself, as when a person kills it. */
  async kill({ orphan }: { orphan: boolean }): Promise<void> {
    const pid = this.#process?.pid;
    if (pid === undefined) return;
    const gone = this.#exited();
    process.kill(orphan ? pid : -pid, "SIGKILL");
    await gone;
  }

  /** `kill -9` of what the server has started, by its lock. */
  async killRuntime(): Promise<void> {
    const lock: unknown = JSON.parse(
      readFileSync(join(this.#environment.DATA_DIR ?? "", "server.lock"), "utf8"),
    );
    for (const pid of lockSchema.parse(lock).runtime) process.kill(pid, "SIGKILL");
  }

  async stop(): Promise<void> {
    if (this.#process === null) return;
    const gone = this.#exited();
    this.#process.kill("SIGTERM");
    await gone;
  }

  printed(name: string): string {
    const found = new RegExp(`${name}\\s+(\\S+)`).exec(this.output)?.[1];
    if (found === undefined) throw new Error(`the server did not print ${name}:\n${this.output}`);
    return found;
  }

  #exited(): Promise<void> {
    const child = this.#process;
    return new Promise((resolve) => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) resolve();
      else child.on("exit", () => resolve());
    });
  }
}

/** A relay in a process of its own, started as a person starts it, that can be stopped and killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export interface RelayEnvironment {
  readonly EDGE_URL: string;
  readonly API_KEY: string;
  readonly AMQP_URL: string;
  readonly RELAY_NAME: string;
  readonly DATA_DIR: string;
  readonly PORT: string;
}

export class RelayProcess {
  readonly url: string;
  readonly #environment: RelayEnvironment;
  #process: ChildProcess | null = null;
  output = "";
  /** Ends that nobody asked for. */
  readonly unexpectedEnds: string[] = [];

  constructor(environment: RelayEnvironment) {
    this.#environment = environment;
    this.url = `http://127.0.0.1:${environment.PORT}`;
  }

  /** Resolves when it serves. */
  async start(): Promise<void> {
    const child = spawn(join(root, "node_modules/.bin/node"), ["tools/relay/main.ts"], {
      cwd: root,
      env: { ...process.env, ...this.#environment, HOST: "127.0.0.1" },
      // A group of its own: `node` is a script that starts another process.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      let started = "";
      const hear = (chunk: Buffer) => {
        started = `${started}${chunk}`.slice(-1_000);
        this.output = `${this.output}${chunk}`.slice(-200_000);
        if (started.includes("serves agents at")) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("exit", (code, signal) => {
        if (this.#process === child)
          this.unexpectedEnds.push(`${code ?? signal}: ${this.output.slice(-500)}`);
        reject(new Error(`the relay ended with ${code ?? signal}:\n${this.output.slice(-2_000)}`));
      });
    });
  }

  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, signal);
    await gone;
  }
}

/** The test's Worker on the runtime itself, with the queues and the D1 of a self-hosted server. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CONSUMERS, QUEUES } from "./queues.ts";
import { answered, type Transport } from "./transport.ts";

const quote = (value: string) => JSON.stringify(value);

function workerd(): string {
  const path: unknown = createRequire(createRequire(import.meta.url).resolve("miniflare"))("workerd").default;
  if (typeof path !== "string") throw new Error("the runtime is not installed");
  return path;
}

function configOf(data: string, listenerUrl: string): string {
  const embed = (name: string) => `embed ${quote(name)}`;
  const producer = (queue: string) =>
    `(name = ${quote(`QUEUE_${queue}`)}, wrapped = (moduleName = "trento-edge:queue", innerBindings = [
      (name = "objects", durableObjectNamespace = (className = "Queues", serviceName = "queues")),
      (name = "name", text = ${quote(queue)})]))`;
  const sqlite = (className: string) =>
    `[(className = ${quote(className)}, uniqueKey = ${quote(className)}, enableSql = true, preventEviction = true)]`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "queues", worker = .queues),
    (name = "database", worker = .database),
    (name = "queue-storage", disk = (path = ${quote(join(data, "queues"))}, writable = true)),
    (name = "database-storage", disk = (path = ${quote(join(data, "d1"))}, writable = true)),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [
    (name = "http", address = ${quote(`unix:${data}/http.sock`)}, http = (), service = "worker"),
    (name = "d1", address = ${quote(`unix:${data}/d1.sock`)}, http = (), service = "database"),
  ],
  extensions = [(modules = [
    (name = "trento-edge:queue", internal = true, esModule = ${embed("queue-binding.js")}),
    (name = "trento-edge:database", internal = true, esModule = ${embed("database-binding.js")}),
  ])],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-07-01",
  modules = [(name = "self-hosted.js", esModule = ${embed("self-hosted.js")})],
  bindings = [
    (name = "TESTS", text = ${quote(listenerUrl)}),
    (name = "DB", wrapped = (moduleName = "trento-edge:database", innerBindings = [
      (name = "objects", durableObjectNamespace = (className = "Database", serviceName = "database")),
      (name = "name", text = "tests")])),
    ${QUEUES.map(producer).join(",\n    ")}
  ],
);
const queues :Workerd.Worker = (
  compatibilityDate = "2026-07-01",
  modules = [(name = "queues.js", esModule = ${embed("queues.js")})],
  bindings = [
    (name = "QUEUES", durableObjectNamespace = "Queues"),
    (name = "CONSUMER", service = (name = "worker", entrypoint = "QueueConsumer")),
    (name = "CONSUMERS", json = ${quote(JSON.stringify(CONSUMERS))}),
  ],
  durableObjectNamespaces = ${sqlite("Queues")},
  durableObjectStorage = (localDisk = "queue-storage"),
);
const database :Workerd.Worker = (
  compatibilityDate = "2026-07-01",
  modules = [(name = "database.js", esModule = ${embed("database.js")})],
  bindings = [(name = "DATABASE", durableObjectNamespace = "Database"), (name = "NAME", text = "tests")],
  durableObjectNamespaces = ${sqlite("Database")},
  durableObjectStorage = (localDisk = "database-storage"),
);
`;
}

export class SelfHosted implements Transport {
  readonly name = "self-hosted";
  readonly #config: string;
  readonly #data: string;
  #process: ChildProcess | null = null;
  #lines = "";

  private constructor(config: string, data: string) {
    this.#config = config;
    this.#data = data;
  }

  static async start(folder: string, data: string, listenerUrl: string): Promise<SelfHosted> {
    for (const name of ["queues", "d1"]) mkdirSync(join(data, name), { recursive: true });
    const config = join(folder, "config.capnp");
    writeFileSync(config, configOf(data, listenerUrl));
    const started = new SelfHosted(config, data);
    await started.restart();
    return started;
  }

  /** After a kill. */
  async restart(): Promise<void> {
    for (const name of ["http.sock", "d1.sock"]) rmSync(join(this.#data, name), { force: true });
    const child = spawn(workerd(), ["serve", this.#config, "config", "--control-fd=3"], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => (this.#lines += part));
    const control = child.stdio[3];
    let told = "";
    await new Promise<void>((resolve, reject) => {
      control?.on("data", (part) => {
        told += part;
        if ((told.match(/"listen"/g) ?? []).length === 2) resolve();
      });
      child.once("exit", () => reject(new Error(`the runtime ended:\n${this.#lines}`)));
    });
  }

  /** As a crash would. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#process = null;
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }

  stop(): Promise<void> {
    return this.kill();
  }

  /** What the runtime said. */
  get lines(): string {
    return this.#lines;
  }

  get databaseSocket(): string {
    return join(this.#data, "d1.sock");
  }

  /** Bytes. */
  get residentMemory(): number {
    const status = readFileSync(`/proc/${this.#process?.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024;
  }

  async ask(asked: Parameters<Transport["ask"]>[0]) {
    const sent = request({ socketPath: join(this.#data, "http.sock"), method: "POST", agent: false });
    sent.end(JSON.stringify(asked));
    const [response] = await once(sent, "response");
    return answered(await text(response));
  }
}

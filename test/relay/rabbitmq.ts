/** A RabbitMQ of the tests' own, from Debian's package, where it is installed. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "amqplib";

const SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server";
const STARTS_WITHIN = 90_000;
const STOPS_WITHIN = 20_000;

export const isThere = existsSync(SERVER);
if (!isThere) console.log("Left out: the relay's broker, since rabbitmq-server is not installed.");

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** A certificate authority, and what it signed for the broker and for one client. */
export function certificates(folder: string) {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "ignore", cwd: folder });
  const key = ["-newkey", "rsa:2048", "-nodes"];
  openssl("req", "-x509", ...key, "-days", "2", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=tests");
  for (const name of ["broker", "client"]) {
    const request = ["-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`];
    openssl("req", ...key, ...request, "-addext", "subjectAltName=DNS:localhost");
    const ca = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
    openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      ...ca,
      "-days",
      "2",
      "-copy_extensions",
      "copy",
      "-out",
      `${name}.pem`,
    );
  }
  return { ca: path("ca.pem"), cert: path("client.pem"), key: path("client.key") };
}

export class RabbitMq {
  readonly folder = mkdtempSync(join(tmpdir(), "trento-edge-broker-"));
  readonly certificates: ReturnType<typeof certificates> | null;
  #process: ChildProcess | null = null;
  #ports = { amqp: 0, amqps: 0, distribution: 0, epmd: 0 };
  #output = "";

  /** @param withTls also listens for clients with a certificate of the tests' authority */
  constructor(withTls = false) {
    this.certificates = withTls ? certificates(this.folder) : null;
  }

  get url(): string {
    return `amqp://guest:guest@127.0.0.1:${this.#ports.amqp}`;
  }

  get secureUrl(): string {
    return `amqps://guest:guest@localhost:${this.#ports.amqps}`;
  }

  /** Once more after it was stopped: with the same ports, and what it had on disk. */
  async start(): Promise<void> {
    if (this.#ports.amqp === 0) {
      const [amqp, amqps, distribution, epmd] = [
        await freePort(),
        await freePort(),
        await freePort(),
        await freePort(),
      ];
      this.#ports = { amqp, amqps, distribution, epmd };
    }
    writeFileSync(join(this.folder, "rabbitmq.conf"), this.#configuration());
    writeFileSync(join(this.folder, "plugins"), "[].");
    const { folder } = this;
    this.#process = spawn(SERVER, [], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        HOME: folder,
        RABBITMQ_NODENAME: `tests-${this.#ports.amqp}@localhost`,
        RABBITMQ_MNESIA_BASE: join(folder, "mnesia"),
        RABBITMQ_LOG_BASE: join(folder, "log"),
        RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "plugins"),
        RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq"),
        RABBITMQ_GENERATED_CONFIG_DIR: join(folder, "generated"),
        RABBITMQ_SCHEMA_DIR: join(folder, "schema"),
        RABBITMQ_PID_FILE: join(folder, "pid"),
        RABBITMQ_DIST_PORT: String(this.#ports.distribution),
        ERL_EPMD_PORT: String(this.#ports.epmd),
      },
    });
    this.#process.stdout?.on("data", (chunk) => this.#tell(chunk));
    this.#process.stderr?.on("data", (chunk) => this.#tell(chunk));
    await this.#ready();
  }

  /** As a power failure, or as an administrator. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running?.pid === undefined || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    process.kill(-running.pid, signal);
    const timer = setTimeout(() => process.kill(-(running.pid ?? 0), "SIGKILL"), STOPS_WITHIN);
    await gone;
    clearTimeout(timer);
  }

  async end(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  #configuration(): string {
    const lines = [
      `listeners.tcp.default = 127.0.0.1:${this.#ports.amqp}`,
      "log.console = true",
      "log.console.level = warning",
    ];
    if (this.certificates !== null) {
      lines.push(
        `listeners.ssl.default = ${this.#ports.amqps}`,
        `ssl_options.cacertfile = ${this.certificates.ca}`,
        `ssl_options.certfile = ${join(this.folder, "broker.pem")}`,
        `ssl_options.keyfile = ${join(this.folder, "broker.key")}`,
        "ssl_options.verify = verify_peer",
        "ssl_options.fail_if_no_peer_cert = true",
      );
    }
    return `${lines.join("\n")}\n`;
  }

  #tell(chunk: Buffer): void {
    this.#output = `${this.#output}${chunk}`.slice(-10_000);
  }

  /** It is ready when it takes a connection. */
  async #ready(): Promise<void> {
    const end = Date.now() + STARTS_WITHIN;
    while (Date.now() < end) {
      if (this.#process?.exitCode !== null) break;
      const model = await connect(this.url).catch(() => null);
      if (model !== null) return model.close();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the broker did not start:\n${this.#output}`);
  }
}

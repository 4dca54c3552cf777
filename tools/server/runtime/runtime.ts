/** The runtime: workerd with the product's bundle, on sockets that nobody else can open. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runtimeModules } from "../build.ts";
import { runtimeConfig } from "./config.ts";
import { SupervisedProcess } from "./supervised-process.ts";
import { workerd } from "./workerd.ts";
import type { WranglerSettings } from "./wrangler-settings.ts";

export interface RuntimeOptions {
  readonly wrangler: WranglerSettings;
  readonly bundle: string;
  readonly dataDir: string;
  /** Of its sockets and its configuration. */
  readonly runDir: string;
  /** What the Worker finds in its environment, secrets included: it reaches the process by its own environment alone. */
  readonly variables: Readonly<Record<string, string>>;
  readonly certificates: readonly string[];
  /** Path of the evaluator's socket, where there is one. */
  readonly evaluator: string | null;
  /** Address at which a debugger finds it: for measuring. */
  readonly inspector?: string;
  readonly onStart: (pid: number) => void;
  readonly onReady: () => void;
  readonly onEnd: () => void;
  readonly tell: (line: string) => void;
  readonly log: (line: string) => void;
}

export interface RuntimeSockets {
  readonly http: string;
  readonly database: string;
  readonly outbound: string;
}

export function socketsIn(runDir: string): RuntimeSockets {
  const path = (name: string) => join(runDir, `${name}.sock`);
  return { http: path("http"), database: path("d1"), outbound: path("outbound") };
}

/** Of this process's environment only what a process needs, and where it finds whom to trust. */
function inherited(): Record<string, string> {
  const { PATH = "", SSL_CERT_FILE, SSL_CERT_DIR } = process.env;
  return {
    PATH,
    ...(SSL_CERT_FILE === undefined ? {} : { SSL_CERT_FILE }),
    ...(SSL_CERT_DIR === undefined ? {} : { SSL_CERT_DIR }),
  };
}

export function startRuntime(options: RuntimeOptions): Promise<SupervisedProcess> {
  const { wrangler, bundle, dataDir, runDir, variables, certificates, evaluator } = options;
  const { inspector, onStart, onReady, onEnd, tell, log } = options;
  const inspected = inspector === undefined ? [] : [`--inspector-addr=${inspector}`];
  const sockets = socketsIn(runDir);
  const file = join(runDir, "runtime.capnp");
  const config = () =>
    runtimeConfig({
      wrangler,
      bundle,
      modules: runtimeModules,
      dataDir,
      sockets: { ...sockets, evaluator },
      variables: Object.keys(variables),
      certificates,
    });
  return SupervisedProcess.start({
    name: "the runtime",
    command: workerd,
    args: ["serve", "--control-fd=3", ...inspected, "--import-path=/", file],
    env: { ...inherited(), ...variables, TZ: "UTC" },
    sockets: ["http", "database"],
    prepare: () => {
      for (const path of [sockets.http, sockets.database]) rmSync(path, { force: true });
      writeFileSync(file, config(), { mode: 0o600 });
    },
    onStart,
    onReady,
    onEnd,
    tell,
    log,
  });
}

/** Runs the built bundle on the Miniflare API, with its data in a directory: the self-hosted server. */
import { readdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Log, LogLevel, Miniflare, type ModuleDefinition } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { allowedHosts } from "../../domain/webhooks/address.ts";
import { build, bundlePath, root } from "./build.ts";
import { issueApiKeyOf } from "./data/api-key.ts";
import { recordRuntime, releaseLock, takeLock } from "./data/lock.ts";
import { migrate } from "./data/migrate.ts";
import { loadSecrets } from "./data/secrets.ts";
import { type Front, startFront } from "./front/front.ts";
import { outboundDoor } from "./outbound/outbound-door.ts";

export interface ServerOptions {
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  readonly adminUser?: string;
  /** Without one, a password is generated at the first start. */
  readonly adminPassword?: string;
  /** Says nothing of its steps. */
  readonly quiet?: boolean;
  /** What the runtime itself tells; warnings unless it is said otherwise, errors alone when quiet. */
  readonly logLevel?: LogLevel;
  /** Another bundle than the product's, and the Durable Objects that it has more: for measuring. */
  readonly bundle?: string;
  readonly durableObjects?: Readonly<
    Record<string, { readonly className: string; readonly useSQLite: boolean }>
  >;
  /** Further variables of the Worker, as `REDELIVERY_DELAY_MS`. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly url: string;
  /** Of the runtime behind the front: for measuring. */
  readonly runtimeUrl: string;
  readonly adminUser: string;
  /** Null when it was generated at an earlier start: it is kept nowhere but as a hash. */
  readonly adminPassword: string | null;
  readonly apiKey: string;
  readonly isFirstStart: boolean;
  /** Password and key have been told, and are not told again. */
  markIntroduced(): void;
  readonly miniflare: Miniflare;
  stop(): Promise<void>;
}

const DATABASE = "trento-edge";
/** A busy machine may take its time. */
const READINESS_TRIES = 120;
/** Milliseconds. */
const BETWEEN_TRIES = 250;
/** Variables that are passed on to the Worker when the environment has them. */
const PASSED_ON = [
  "REDELIVERY_DELAY_MS",
  "HEARTBEAT_SHARDS",
  "CHECKS_INTERVAL",
  "CHECKS_TIMEOUT",
  "EXECUTIONS_KEPT_DAYS",
  "ENABLE_ALERTING",
  "SMTP_SERVER",
  "SMTP_PORT",
  "SMTP_USER",
  "SMTP_PASSWORD",
  "SMTP_SECURITY",
  "ALERT_SENDER",
  "ALERT_RECIPIENT",
  "ALERT_RECOVERY",
  "ALERT_QUIET_HOURS",
  "ALERT_GROUPING",
  "BASE_URL",
  "WEBHOOK_ALLOWED_HOSTS",
  "METRICS_TOKEN",
];

/** The bundle, and what stands beside it. */
function modulesOf(bundle: string): ModuleDefinition[] {
  const folder = dirname(bundle);
  const compiled = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
  return [
    { type: "ESModule", path: bundle },
    ...compiled.map((name): ModuleDefinition => ({ type: "CompiledWasm", path: join(folder, name) })),
  ];
}

/** Waits until the runtime answers by itself: before that, whoever is let in is told of an error. */
async function untilItAnswers(runtimeUrl: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(`${runtimeUrl}/api/readyz`).catch((error: unknown) => error);
    if (answer instanceof Response && answer.status < 500) return;
    if (tries === READINESS_TRIES) throw new Error("the runtime does not answer", { cause: answer });
    await pause(BETWEEN_TRIES);
  }
}

/** The port is had before anything is written: a start that fails leaves no trace, and the next one is the first again. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const front = await startFront({ host: options.host ?? "127.0.0.1", port: options.port });
  try {
    return await startBehind(front, options);
  } catch (error) {
    await front.stop();
    throw error;
  }
}

async function startBehind(front: Front, options: ServerOptions): Promise<Server> {
  const dataDir = resolve(options.dataDir);
  const tell = options.quiet ? () => {} : (step: string) => console.log(step);
  await build(tell);
  const bundle = options.bundle ?? bundlePath;
  const adminUser = options.adminUser ?? "admin";
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await takeLock(dataDir);
  const { secrets, isFirstStart, generatedPassword, markIntroduced } = await loadSecrets(
    dataDir,
    options.adminPassword,
  );

  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, "wrangler.toml"));
  const { modulesRules: _rules, ...worker } = workerOptions;
  const allowed = allowedHosts(options.variables?.WEBHOOK_ALLOWED_HOSTS ?? process.env.WEBHOOK_ALLOWED_HOSTS);
  const inherited = PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  const miniflare = new Miniflare({
    ...worker,
    name: "trento-edge",
    modules: modulesOf(bundle),
    modulesRoot: dirname(bundle),
    durableObjects: { ...worker.durableObjects, ...options.durableObjects },
    d1Databases: { DB: DATABASE },
    bindings: {
      ...worker.bindings,
      ...Object.fromEntries(inherited),
      ...options.variables,
      ACCESS_TOKEN_ENC_SECRET: secrets.accessTokenSecret,
      REFRESH_TOKEN_ENC_SECRET: secrets.refreshTokenSecret,
      SETTINGS_ENC_SECRET: secrets.settingsSecret,
      ADMIN_USER: adminUser,
      ...(options.adminPassword === undefined
        ? { ADMIN_PASSWORD_HASH: secrets.adminPasswordHash ?? "" }
        : { ADMIN_PASSWORD: options.adminPassword }),
    },
    serviceBindings: { OUTBOUND: outboundDoor(allowed) },
    host: "127.0.0.1",
    port: 0,
    d1Persist: join(dataDir, "d1"),
    durableObjectsPersist: join(dataDir, "durable-objects"),
    log: new Log(options.logLevel ?? (options.quiet ? LogLevel.ERROR : LogLevel.WARN)),
    cf: false,
    telemetry: { enabled: false },
  });
  const stop = async () => {
    await front.stop();
    await miniflare.dispose();
    releaseLock(dataDir);
  };
  try {
    const runtimeUrl = (await miniflare.ready).toString().replace(/\/$/, "");
    recordRuntime(dataDir);
    const db = await miniflare.getD1Database("DB");
    await migrate(db);
    const apiKey = await issueApiKeyOf(db, secrets.accessTokenSecret);
    await untilItAnswers(runtimeUrl);
    front.open(runtimeUrl);
    return {
      url: front.url,
      runtimeUrl,
      adminUser,
      adminPassword: options.adminPassword ?? generatedPassword,
      apiKey,
      isFirstStart,
      markIntroduced,
      miniflare,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

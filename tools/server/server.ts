/** The self-hosted server: the built bundle on the runtime, with its data in a directory, behind the front. */
import { join, resolve } from "node:path";
import { allowedHosts } from "../../domain/webhooks/address.ts";
import { build, bundlePath, root, ui } from "./build.ts";
import { issueApiKeyOf } from "./data/api-key.ts";
import { prepareDataDirectory, within } from "./data/data-directory.ts";
import { DataLock } from "./data/lock.ts";
import { migrate } from "./data/migrate.ts";
import { makeRunDirectory, removeRunDirectory } from "./data/run-directory.ts";
import { loadSecrets } from "./data/secrets.ts";
import { type Front, startFront } from "./front/front.ts";
import type { CertificateFiles } from "./front/tls/certificate.ts";
import { openOutboundDoor } from "./outbound/outbound-door.ts";
import { extraCertificates } from "./runtime/certificates.ts";
import { Database } from "./runtime/database.ts";
import { type EvaluatorProcess, startEvaluator } from "./runtime/evaluator.ts";
import { untilReady } from "./runtime/readiness.ts";
import { socketsIn, startRuntime } from "./runtime/runtime.ts";
import { StandstillWatch } from "./runtime/standstill.ts";
import { wranglerSettings } from "./runtime/wrangler-settings.ts";
import { Undo } from "./undo.ts";
import { workerEnvironment } from "./worker-environment.ts";

export interface ServerOptions {
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  /** The certificate that clients are shown. Without one they are spoken to in the clear. */
  readonly tls?: CertificateFiles;
  readonly adminUser?: string;
  /** Without one, a password is generated at the first start. */
  readonly adminPassword?: string;
  /** Says nothing of its steps. */
  readonly quiet?: boolean;
  /** Where lines of the log go, the runtime's own and those about it; the standard error unless it is said otherwise. */
  readonly log?: (line: string) => void;
  /** Another bundle than the product's, and the Durable Objects that it has more: for measuring. */
  readonly bundle?: string;
  readonly durableObjects?: readonly { readonly binding: string; readonly className: string }[];
  /** Address at which a debugger finds the runtime, as `127.0.0.1:9229`: for measuring. */
  readonly inspector?: string;
  /** Further variables of the Worker, as `REDELIVERY_DELAY_MS`. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly url: string;
  /** Path of the socket on which the runtime behind the front is reached: for measuring. */
  readonly runtimeSocket: string;
  readonly adminUser: string;
  /** Null when it was generated at an earlier start: it is kept nowhere but as a hash. */
  readonly adminPassword: string | null;
  readonly apiKey: string;
  readonly isFirstStart: boolean;
  /** Password and key have been told, and are not told again. */
  markIntroduced(): void;
  /** D1, past the Worker. */
  readonly database: Database;
  /** What evaluates scripts, in a process of its own. */
  readonly evaluator: Pick<EvaluatorProcess, "pid">;
  stop(): Promise<void>;
}

/** The port is had before anything is written: a start that fails leaves no trace, and the next one is the first again. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { host = "127.0.0.1", port, tls } = options;
  const front = await startFront({ host, port, ...(tls === undefined ? {} : { tls }) });
  const undo = new Undo();
  const stop = async () => {
    await front.stop();
    await undo.all();
  };
  try {
    return { ...(await startBehind(front, options, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Takes the data directory: nobody else uses it from now on, nor can look into it. */
async function takeDataDirectory(dataDir: string, undo: Undo) {
  prepareDataDirectory(dataDir);
  const lock = await DataLock.take(dataDir);
  undo.add(() => lock.release());
  const runDir = makeRunDirectory(dataDir);
  undo.add(() => removeRunDirectory(runDir));
  lock.noteRun(runDir);
  return { lock, runDir };
}

async function startBehind(front: Front, options: ServerOptions, undo: Undo): Promise<Omit<Server, "stop">> {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? ((line: string) => console.error(line));
  await build(options.quiet ? () => {} : (step) => console.log(step));
  const certificates = extraCertificates(process.env.NODE_EXTRA_CA_CERTS);
  const settings = wranglerSettings(join(root, "wrangler.toml"));
  const wrangler = { ...settings, objects: [...settings.objects, ...(options.durableObjects ?? [])] };
  await front.show({ directory: ui, ...settings.assets });
  // From now on files are their owner's alone, those of the runtime too: it takes over this process's mask.
  process.umask(0o077);
  const { lock, runDir } = await within(dataDir, () => takeDataDirectory(dataDir, undo));
  const { secrets, isFirstStart, generatedPassword, markIntroduced } = await within(dataDir, () =>
    loadSecrets(dataDir, options.adminPassword),
  );
  const adminUser = options.adminUser ?? "admin";
  const variables = workerEnvironment(
    secrets,
    { name: adminUser, password: options.adminPassword },
    options.variables,
  );
  const sockets = socketsIn(runDir);
  const door = await openOutboundDoor(sockets.outbound, allowedHosts(variables.WEBHOOK_ALLOWED_HOSTS));
  undo.add(() => door.stop());
  const bundle = options.bundle ?? bundlePath;
  const evaluator = await startEvaluator({
    wrangler,
    bundle,
    runDir,
    onStart: (pid) => lock.noteProcess("evaluator", pid),
    tell: log,
    log,
  });
  undo.add(() => evaluator.stop());
  let isOpen = false;
  const open = () => front.open(`unix:${sockets.http}`);
  const runtime = await startRuntime({
    wrangler,
    bundle,
    dataDir,
    runDir,
    variables,
    certificates,
    ...(options.inspector === undefined ? {} : { inspector: options.inspector }),
    evaluator: evaluator.address,
    onStart: (pid) => lock.noteProcess("runtime", pid),
    onReady: () => {
      if (isOpen) open();
    },
    onEnd: () => front.away(),
    tell: log,
    log,
  });
  undo.add(() => runtime.stop());
  const database = new Database(sockets.database);
  await migrate(database);
  const apiKey = await issueApiKeyOf(database, secrets.accessTokenSecret);
  await untilReady(sockets.http);
  isOpen = true;
  open();
  const watch = new StandstillWatch({ socketPath: sockets.database, tell: log });
  undo.add(() => watch.stop());
  return {
    url: front.url,
    runtimeSocket: sockets.http,
    adminUser,
    adminPassword: options.adminPassword ?? generatedPassword,
    apiKey,
    isFirstStart,
    markIntroduced,
    database,
    evaluator,
  };
}

/** The configuration of the runtime, as Cap'n Proto text. Nothing secret stands in it: that comes by the environment. */
import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { embedded, type Fields, Raw, textOf } from "./capnp-text.ts";
import type { WranglerSettings } from "./wrangler-settings.ts";

/** The name of the one database, which its id is made from. */
export const DATABASE = "trento-edge";
/** What Miniflare named the same classes: a data directory goes from the one to the other, and back. */
const OBJECT_KEYS = "trento-edge-";
const DATABASE_KEY = "miniflare-D1DatabaseObject";

export interface ConfigOptions {
  readonly wrangler: WranglerSettings;
  /** The product's bundle, with what it is compiled of beside it. */
  readonly bundle: string;
  /** Folder of the modules that stand beside it. */
  readonly modules: string;
  readonly dataDir: string;
  /** Paths of sockets. */
  readonly sockets: {
    readonly http: string;
    readonly database: string;
    readonly outbound: string;
    readonly evaluator: string | null;
  };
  /** Names of environment variables that the Worker gets. */
  readonly variables: readonly string[];
  /** PEM, one each: whom connections trust besides. */
  readonly certificates: readonly string[];
}

const unix = (path: string) => `unix:${path}`;

/** The bundle, and what is compiled and stands beside it. */
export function productModules(bundle: string): Fields[] {
  const folder = dirname(bundle);
  const compiled = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
  return [
    { name: "index.js", esModule: embedded(bundle) },
    ...compiled.map((name) => ({ name, wasm: embedded(join(folder, name)) })),
  ];
}

/** `cloudflare:email` is looked for in a module that the runtime does not have. */
export const emailModule = (modules: string): Fields => ({
  name: "cloudflare-internal:email",
  internal: true,
  esModule: embedded(join(modules, "email.js")),
});

function bindings({ wrangler, sockets, variables }: ConfigOptions): Fields[] {
  const wrapped = (name: string, moduleName: string, className: string, serviceName: string, of: string) => ({
    name,
    wrapped: {
      moduleName,
      innerBindings: [
        { name: "objects", durableObjectNamespace: { className, serviceName } },
        { name: "name", text: of },
      ],
    },
  });
  // A start is what a deployment is on the platform: the first who comes after it has everything looked at that may be stuck.
  const version = { id: randomUUID(), tag: "", timestamp: new Date().toISOString() };
  return [
    wrapped("DB", "trento-edge:database", "Database", "database", DATABASE),
    ...wrangler.producers.map(({ binding, queue }) =>
      wrapped(binding, "trento-edge:queue", "Queues", "queues", queue),
    ),
    ...wrangler.objects.map(({ binding, className }) => ({
      name: binding,
      durableObjectNamespace: className,
    })),
    { name: "OUTBOUND", service: "outbound" },
    ...(sockets.evaluator === null ? [] : [{ name: "EVALUATOR", service: "evaluator" }]),
    { name: "CF_VERSION_METADATA", json: JSON.stringify(version) },
    ...Object.entries(wrangler.variables)
      .filter(([name]) => !variables.includes(name))
      .map(([name, text]) => ({ name, text })),
    ...variables.map((name) => ({ name, fromEnvironment: name })),
  ];
}

function services({ dataDir, sockets, certificates }: ConfigOptions): Fields[] {
  const disk = (name: string, folder: string) => ({
    name,
    disk: { path: join(dataDir, folder), writable: true },
  });
  const outbound = { address: unix(sockets.outbound), http: { style: new Raw("proxy") } };
  return [
    { name: "product", worker: new Raw(".product") },
    { name: "queues", worker: new Raw(".queues") },
    { name: "database", worker: new Raw(".database") },
    disk("object-files", "durable-objects"),
    disk("database-files", "d1"),
    disk("queue-files", "queues"),
    { name: "outbound", external: outbound },
    ...(sockets.evaluator === null
      ? []
      : [
          {
            name: "evaluator",
            external: { address: unix(sockets.evaluator), http: { capnpConnectHost: "evaluator" } },
          },
        ]),
    // For mail alone: what goes to third parties takes the way out that looks at addresses.
    {
      name: "internet",
      network: {
        allow: ["public", "private", "local"],
        tlsOptions: { trustBrowserCas: true, trustedCertificates: certificates },
      },
    },
  ];
}

/** A Worker with one class of objects, which stays in memory. */
function storageWorker(
  { wrangler, modules }: ConfigOptions,
  file: string,
  object: { readonly binding: string; readonly className: string; readonly key: string },
  files: string,
  further: readonly Fields[],
): Fields {
  const { binding, className, key } = object;
  return {
    compatibilityDate: wrangler.compatibilityDate,
    compatibilityFlags: wrangler.compatibilityFlags,
    modules: [{ name: file, esModule: embedded(join(modules, file)) }],
    bindings: [{ name: binding, durableObjectNamespace: className }, ...further],
    durableObjectNamespaces: [{ className, uniqueKey: key, enableSql: true, preventEviction: true }],
    durableObjectStorage: { localDisk: files },
  };
}

/** @returns the text of a file; a new one for each start, which it names */
export function runtimeConfig(options: ConfigOptions): string {
  const { wrangler, bundle, modules, sockets } = options;
  const extension = (name: string, file: string): Fields => ({
    name,
    internal: true,
    esModule: embedded(join(modules, file)),
  });
  const config: Fields = {
    services: services(options),
    sockets: [
      { name: "http", address: unix(sockets.http), http: {}, service: "product" },
      { name: "database", address: unix(sockets.database), http: {}, service: "database" },
    ],
    // So that modules/parts/collect-garbage.ts can do its work.
    v8Flags: ["--expose-gc"],
    extensions: [
      {
        modules: [
          emailModule(modules),
          extension("trento-edge:database", "database-binding.js"),
          extension("trento-edge:queue", "queue-binding.js"),
        ],
      },
    ],
  };
  const product: Fields = {
    compatibilityDate: wrangler.compatibilityDate,
    compatibilityFlags: wrangler.compatibilityFlags,
    modules: [{ name: "entry.js", esModule: embedded(join(modules, "entry.js")) }, ...productModules(bundle)],
    bindings: bindings(options),
    durableObjectNamespaces: wrangler.objects.map(({ className }) => ({
      className,
      uniqueKey: `${OBJECT_KEYS}${className}`,
      enableSql: true,
    })),
    durableObjectStorage: { localDisk: "object-files" },
  };
  const queues = storageWorker(
    options,
    "queues.js",
    { binding: "QUEUES", className: "Queues", key: "trento-edge-queues" },
    "queue-files",
    [
      { name: "CONSUMER", service: { name: "product", entrypoint: "QueueConsumer" } },
      { name: "CONSUMERS", json: JSON.stringify(wrangler.consumers) },
    ],
  );
  const database = storageWorker(
    options,
    "database.js",
    { binding: "DATABASE", className: "Database", key: DATABASE_KEY },
    "database-files",
    [{ name: "NAME", text: DATABASE }],
  );
  return [
    'using Workerd = import "/workerd/workerd.capnp";',
    `const config :Workerd.Config = ${textOf(config)};`,
    `const product :Workerd.Worker = ${textOf(product)};`,
    `const queues :Workerd.Worker = ${textOf(queues)};`,
    `const database :Workerd.Worker = ${textOf(database)};`,
    "",
  ].join("\n\n");
}

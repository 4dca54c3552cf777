/**
 * The configuration of the evaluator's runtime: the product's bundle, of which nothing but its `Evaluator` can be reached. It has
 * no storage, no secrets, no variables and no network.
 */
import { type Fields, Raw, textOf } from "./capnp-text.ts";
import { emailModule, productModules } from "./config.ts";
import type { WranglerSettings } from "./wrangler-settings.ts";

export interface EvaluatorConfig {
  readonly wrangler: WranglerSettings;
  readonly bundle: string;
  /** Folder of the modules that stand beside it. */
  readonly modules: string;
  readonly socket: string;
}

/** Megabytes of JavaScript's own memory: a runtime that needs more ends, and is started again. */
const HEAP = 256;
export const SOCKET = "evaluator";

export function evaluatorConfig({ wrangler, bundle, modules, socket }: EvaluatorConfig): string {
  const config: Fields = {
    services: [
      { name: "product", worker: new Raw(".product") },
      { name: "internet", network: { allow: [] } },
    ],
    sockets: [
      {
        name: SOCKET,
        address: `unix:${socket}`,
        http: { capnpConnectHost: "evaluator" },
        service: { name: "product", entrypoint: "Evaluator" },
      },
    ],
    v8Flags: [`--max-old-space-size=${HEAP}`],
    extensions: [{ modules: [emailModule(modules)] }],
  };
  const product: Fields = {
    compatibilityDate: wrangler.compatibilityDate,
    compatibilityFlags: wrangler.compatibilityFlags,
    modules: productModules(bundle),
  };
  return [
    'using Workerd = import "/workerd/workerd.capnp";',
    `const config :Workerd.Config = ${textOf(config)};`,
    `const product :Workerd.Worker = ${textOf(product)};`,
    "",
  ].join("\n\n");
}

/** What `wrangler.toml` says of the Worker, for a runtime that is started without wrangler. */
import { readFileSync } from "node:fs";
import { parse, TomlError } from "smol-toml";
import { z } from "zod";
import { type Consumer, consumersSchema } from "./modules/parts/queue-settings.ts";

const named = z.looseObject({ name: z.string(), class_name: z.string() });
const producer = z.looseObject({ binding: z.string(), queue: z.string() });

const assets = z.looseObject({
  not_found_handling: z.enum(["none", "single-page-application"]).default("none"),
  run_worker_first: z.array(z.string()).default([]),
});

const wranglerSchema = z.looseObject({
  assets,
  compatibility_date: z.iso.date(),
  compatibility_flags: z.array(z.string()).default([]),
  vars: z.record(z.string(), z.string()).default({}),
  durable_objects: z.looseObject({ bindings: z.array(named) }),
  queues: z.looseObject({ producers: z.array(producer), consumers: consumersSchema }),
});

export interface WranglerSettings {
  /** Which paths are the pages', and what is answered where there is none. */
  readonly assets: {
    readonly notFoundHandling: z.infer<typeof assets>["not_found_handling"];
    readonly runWorkerFirst: readonly string[];
  };
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  /** Variables that stand in the file itself. */
  readonly variables: Readonly<Record<string, string>>;
  readonly objects: readonly { readonly binding: string; readonly className: string }[];
  readonly producers: readonly { readonly binding: string; readonly queue: string }[];
  readonly consumers: readonly Consumer[];
}

function tomlOf(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new Error(`${file}, line ${error.line}: ${error.message.split("\n")[0]}`, { cause: error });
  }
}

/** @throws in words when the file is not what the runtime needs */
export function wranglerSettings(file: string): WranglerSettings {
  const parsed = wranglerSchema.safeParse(tomlOf(file));
  if (!parsed.success) throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`);
  const { compatibility_date, compatibility_flags, vars, durable_objects, queues } = parsed.data;
  const { not_found_handling, run_worker_first } = parsed.data.assets;
  return {
    assets: { notFoundHandling: not_found_handling, runWorkerFirst: run_worker_first },
    compatibilityDate: compatibility_date,
    compatibilityFlags: compatibility_flags,
    variables: vars,
    objects: durable_objects.bindings.map(({ name, class_name }) => ({
      binding: name,
      className: class_name,
    })),
    producers: queues.producers,
    consumers: queues.consumers,
  };
}

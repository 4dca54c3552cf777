/** Puts stand-ins in the place of the platform's modules, and planted faults into the product's. Loaded with `--import`. */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { mends } from "./mends.ts";
import { plants } from "./plants.ts";

const here = new URL("./", import.meta.url);
const root = new URL("../../", here);
const named: Readonly<Record<string, string>> = {
  "cloudflare:workers": "standins/workers.ts",
  partyserver: "standins/partyserver.ts",
};
const replaced: Readonly<Record<string, string>> = {
  "durable-objects/payloads.ts": "standins/payloads.ts",
  "durable-objects/mailroom/smtp.ts": "standins/smtp.ts",
  "durable-objects/sealed.ts": "standins/sealed.ts",
  "durable-objects/evaluation/rhai.ts": "standins/rhai.ts",
  "durable-objects/evaluation/stretches.ts": "standins/stretches.ts",
};
/** Variables of modules live as long as an isolate: what puts them back to their beginning. */
const resets: Readonly<Record<string, string>> = {
  "durable-objects/webhook-interest.ts": "known = null; lookedAt = 0;",
  "durable-objects/metrics/tally.ts": "counted = new Map(); handedOverAt = 0;",
  "durable-objects/relays.ts": "known = null;",
  "durable-objects/checks-group/catalogues.ts": "kept = null;",
  "durable-objects/error-lines.ts": "errorLines = new ErrorLines((line) => console.error(line));",
  "durable-objects/event-stream/delivery.ts": "errorLines = new ErrorLines((line) => console.warn(line));",
  "durable-objects/event-stream/gathered-queue.ts":
    "errorLines = new ErrorLines((line) => console.warn(line));",
  "workers/subscription/consume.ts": "errorLines = new ErrorLines((line) => console.error(line));",
};

const wanted = process.env.PLANT;
const plant = wanted === undefined ? undefined : plants[wanted];
const mended = process.env.MEND === undefined ? Object.keys(mends) : process.env.MEND.split(",");
const changed = [...mended.flatMap((name: string) => mends[name] ?? []), ...(plant?.changes ?? [])];
if (wanted !== undefined && plant === undefined) throw new Error(`no fault is called ${wanted}`);

registerHooks({
  resolve(specifier, context, next) {
    const standIn = named[specifier];
    if (standIn !== undefined) return { url: new URL(standIn, here).href, shortCircuit: true };
    const found = next(specifier, context);
    const path = found.url.startsWith(root.href) ? found.url.slice(root.href.length) : "";
    const instead = replaced[path];
    return instead === undefined ? found : { ...found, url: new URL(instead, here).href };
  },
  load(url, context, next) {
    const path = url.startsWith(root.href) ? url.slice(root.href.length) : "";
    const reset = resets[path];
    const changes = changed.filter((change) => change.module === path);
    if (reset === undefined && changes.length === 0) return next(url, context);
    let source = readFileSync(fileURLToPath(url), "utf8");
    for (const { find, put } of changes) {
      if (source.split(find).length !== 2) throw new Error(`${path} has not exactly one: ${find}`);
      source = source.replace(find, () => put);
    }
    // What is put back is no constant here.
    source = source.replace(/^((?:export )?)const errorLines =/m, "$1let errorLines =");
    if (reset !== undefined)
      source += `\n(globalThis as any).__resets ??= [];\n(globalThis as any).__resets.push(() => { ${reset} });\n`;
    return { format: "module-typescript", source, shortCircuit: true };
  },
});

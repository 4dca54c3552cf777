/** The configuration of the runtime, made of the product's own `wrangler.toml`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ConfigOptions, runtimeConfig } from "./config.ts";
import { workerd } from "./workerd.ts";
import { wranglerSettings } from "./wrangler-settings.ts";

const root = join(import.meta.dirname, "../../..");
const MODULES = [
  "entry.js",
  "email.js",
  "database.js",
  "database-binding.js",
  "queues.js",
  "queue-binding.js",
];

let folder = "";
beforeEach(() => {
  // What a path may have in it.
  folder = join(mkdtempSync(join(tmpdir(), "trento-edge-config-")), 'a "folder" žluťoučký');
  mkdirSync(folder);
  for (const name of [...MODULES, "index.js", "rhai.wasm"]) writeFileSync(join(folder, name), "");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

function configOf(more: Partial<ConfigOptions> = {}): string {
  const socket = (name: string) => join(folder, `${name}.sock`);
  return runtimeConfig({
    wrangler: wranglerSettings(join(root, "wrangler.toml")),
    bundle: join(folder, "index.js"),
    modules: folder,
    dataDir: folder,
    sockets: {
      http: socket("http"),
      database: socket("d1"),
      outbound: socket("outbound"),
      evaluator: null,
    },
    variables: ["ADMIN_USER"],
    certificates: [],
    ...more,
  });
}

function compiled(config: string): Buffer {
  const file = join(folder, "config.capnp");
  writeFileSync(file, config);
  return execFileSync(workerd, ["compile", "--config-only", "--import-path=/", file]);
}

describe("the configuration", () => {
  it("is one that the runtime reads, wherever the server and its data lie", () => {
    expect(compiled(configOf()).includes("ADMIN_USER\0")).toBe(true);
    expect(compiled(configOf({ certificates: ["-----BEGIN CERTIFICATE-----\n"] })).length).toBeGreaterThan(0);
  });

  it("names every class and queue of wrangler.toml, by the keys under which their files lie", () => {
    const { objects, producers, consumers } = wranglerSettings(join(root, "wrangler.toml"));
    const config = configOf();
    expect(objects.length).toBeGreaterThan(10);
    for (const { binding, className } of objects) {
      expect(config).toContain(`(name = "${binding}", durableObjectNamespace = "${className}")`);
      expect(config).toContain(
        `(className = "${className}", uniqueKey = "trento-edge-${className}", enableSql = true)`,
      );
    }
    expect(config).toContain('uniqueKey = "miniflare-D1DatabaseObject"');
    const sentTo = producers.map(({ queue }) => queue).sort();
    // A dead letter is only looked at.
    const taken = consumers.flatMap(({ queue, dead_letter_queue }) => [queue, dead_letter_queue]).sort();
    expect(sentTo).toEqual(taken);
    for (const { binding } of producers) expect(config).toContain(`(name = "${binding}", wrapped = `);
  });

  it("listens on sockets of the file system alone", () => {
    const addresses = [...configOf().matchAll(/address = "([^"\\]*)/g)].map(([, address]) => address);
    expect(addresses.length).toBe(3);
    expect(addresses.every((address) => address?.startsWith("unix:/"))).toBe(true);
  });

  it("names each start anew", () => {
    const idOf = (config: string) => /CF_VERSION_METADATA", json = "\{\\"id\\":\\"([^\\]+)/.exec(config)?.[1];
    const [one, other] = [idOf(configOf()), idOf(configOf())];
    expect(one).toMatch(/^[\da-f-]{36}$/);
    expect(other).not.toBe(one);
  });

  it("has an evaluator where there is one", () => {
    const sockets = {
      http: "/run/http.sock",
      database: "/run/d1.sock",
      outbound: "/run/outbound.sock",
      evaluator: "/run/evaluator.sock",
    };
    expect(configOf()).not.toContain("EVALUATOR");
    const config = configOf({ sockets });
    expect(config).toContain('(name = "EVALUATOR", service = "evaluator")');
    expect(config).toContain('address = "unix:/run/evaluator.sock"');
  });
});

describe("wrangler.toml", () => {
  const settingsOf = (text: string) => {
    const file = join(folder, "wrangler.toml");
    writeFileSync(file, text);
    return wranglerSettings(file);
  };

  it("gives its variables to the Worker, where the environment does not", () => {
    const more = `compatibility_date = "2026-07-01"\n[vars]\nADMIN_USER = "toml"\nBASE_URL = "https://example.com"
[assets]\n[durable_objects]\nbindings = []\n[queues]\nproducers = []\nconsumers = []\n`;
    const config = configOf({ wrangler: settingsOf(more) });
    expect(config).toContain('(name = "BASE_URL", text = "https://example.com")');
    expect(config).toContain('(name = "ADMIN_USER", fromEnvironment = "ADMIN_USER")');
    expect(config).not.toContain('"toml"');
  });

  it.each([
    ['compatibility_date = "soon"', "compatibility_date"],
    ['compatibility_date = "2026-07-01"\n[durable_objects]\nbindings = [{ name = "A" }]', "class_name"],
    ['[queues]\nproducers = []\nconsumers = [{ queue = "q", max_batch_size = 101 }]', "max_batch_size"],
    ['[queues]\nproducers = []\nconsumers = [{ queue = "q", max_retries = -1 }]', "max_retries"],
  ])("%j is refused with the name of what is wrong", (text, named) => {
    expect(() => settingsOf(text)).toThrow(named);
    expect(() => settingsOf(text)).toThrow(join(folder, "wrangler.toml"));
  });

  it("that is no TOML is refused with its place", () => {
    expect(() => settingsOf("compatibility_date = ")).toThrow(/wrangler\.toml.*line 1/s);
  });
});

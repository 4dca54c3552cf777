/**
 * Builds what the server runs: the Worker's bundle, the modules beside it and the UI. Nothing is built that is newer than its
 * sources, nor where the tools that build are not installed: a built tree runs without them.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, readdir, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export const root = join(import.meta.dirname, "../..");
export const bundlePath = join(root, "dist/worker/index.js");
/** The built UI. */
export const ui = join(root, "dist/ui");
/** What runs inside the runtime beside the product. */
export const runtimeModules = join(root, "dist/runtime");

interface Target {
  readonly name: string;
  readonly output: string;
  readonly sources: readonly string[];
  /** The tool, of `node_modules`, that must be there. */
  readonly tool: string;
  readonly command: readonly [string, ...string[]];
  /** What comes after the command. */
  readonly after?: () => Promise<void>;
}

const binary = (name: string) => join(root, "node_modules/.bin", name);

/** The page that shows the API is served without the internet: its script comes with the assets. */
async function copyApiPageScript(): Promise<void> {
  const packageFile = createRequire(import.meta.url).resolve("@scalar/api-reference");
  await cp(join(dirname(packageFile), "browser/standalone.js"), join(root, "dist/ui/scalar.js"));
}

const targets: readonly Target[] = [
  {
    name: "UI",
    output: join(root, "dist/ui/index.html"),
    sources: ["ui", "domain", "party", "checks", "rhai-wasm/src", "rhai-wasm/wasm", "package-lock.json"],
    tool: "vite",
    command: [binary("vite"), "build", "--config", "ui/vite.config.ts", "--logLevel", "warn"],
    after: copyApiPageScript,
  },
  {
    name: "Worker",
    output: bundlePath,
    sources: [
      "workers",
      "durable-objects",
      "domain",
      "party",
      "checks",
      "rhai-wasm/src",
      "rhai-wasm/wasm",
      "wrangler.toml",
      "package-lock.json",
      "package.json",
    ],
    tool: "wrangler",
    command: [binary("wrangler"), "deploy", "--dry-run", "--outdir", "dist/worker"],
  },
  {
    name: "runtime's modules",
    output: join(runtimeModules, "entry.js"),
    sources: ["tools/server/runtime/modules", "tools/server/runtime/build-modules.ts", "package-lock.json"],
    tool: "vite",
    command: [process.execPath, "tools/server/runtime/build-modules.ts"],
  },
];

async function newestChange(path: string): Promise<number> {
  const info = await stat(path).catch(() => null);
  if (info === null) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const names = await readdir(path, { recursive: true });
  const times = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs));
  return Math.max(info.mtimeMs, ...times);
}

function run([command, ...args]: readonly [string, ...string[]]): Promise<void> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed:\n${output}`)),
    );
  });
}

async function isFresh({ output, sources }: Target): Promise<boolean> {
  const changed = await Promise.all(sources.map((source) => newestChange(join(root, source))));
  return (await newestChange(output)) > Math.max(...changed);
}

/** @param tell is told of every step */
export async function build(tell: (step: string) => void): Promise<void> {
  for (const target of targets) {
    if (await isFresh(target)) continue;
    const { name, output, tool, command, after } = target;
    if (!existsSync(binary(tool))) {
      if (existsSync(output)) continue;
      throw new Error(
        `the ${name} was not built, and ${tool} is not installed: \`npm ci\` and \`npm run build\` make it`,
      );
    }
    const started = performance.now();
    tell(`Building the ${name} ...`);
    // Names of former builds would stay beside the new ones.
    await rm(dirname(output), { recursive: true, force: true });
    await run(command);
    await after?.();
    tell(`Built the ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

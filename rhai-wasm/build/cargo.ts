/** Builds the module, so that the same sources give the same bytes on every machine. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const TARGET = "wasm32-unknown-unknown";
/** A script must not take the memory that a Worker has: 128 MB with all else that runs there. */
const MEMORY_BYTES = 32 * 1024 * 1024;
const STACK_BYTES = 1024 * 1024;

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const stdio: ["ignore", "pipe", "inherit"] = ["ignore", "pipe", "inherit"];
  return execFileSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio,
    encoding: "utf8",
  }).trim();
}

/** Paths of this machine that the compiler would write into messages of panics, and what it writes instead. */
function remappings(crate: string): [string, string][] {
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
  const crates = readdirSync(registry).map((name): [string, string] => [join(registry, name), "/crates"]);
  const library = join(run("rustc", ["--print", "sysroot"], crate), "lib/rustlib/src/rust");
  return [...crates, [library, "/rust"], [crate, "/rhai-wasm"]];
}

function rustFlags(crate: string): string {
  const flags = [
    ...remappings(crate).map(([from, to]) => `--remap-path-prefix=${from}=${to}`),
    `-Clink-arg=--max-memory=${MEMORY_BYTES}`,
    `-Clink-arg=-zstack-size=${STACK_BYTES}`,
  ];
  return flags.join("\x1f");
}

/**
 * The module built from the crate in this folder, with its loops counting; `features` of the crate, `target` for what cargo
 * keeps, `weigh` the crate that makes them count.
 */
export function buildModule(
  crate: string,
  weigh: string,
  target: string,
  features: readonly string[] = [],
): Buffer {
  run("rustup", ["target", "add", TARGET], crate);
  run("cargo", ["fetch", "--locked", "--target", TARGET], crate);
  const args = ["build", "--lib", "--release", "--locked", "--target", TARGET, "--target-dir", target];
  const withFeatures = features.length > 0 ? ["--features", features.join(",")] : [];
  run("cargo", [...args, ...withFeatures], crate, { CARGO_ENCODED_RUSTFLAGS: rustFlags(crate) });
  run("cargo", ["build", "--release", "--locked", "--target-dir", target], weigh);
  const weighed = join(target, "rhai.wasm");
  run(join(target, "release/weigh"), [join(target, TARGET, "release/rhai_wasm.wasm"), weighed], crate);
  return readFileSync(weighed);
}

/** The native programs of the crate: `conformance` and `native-bench`. The folder where they are. */
export function buildPrograms(crate: string, target: string): string {
  run(
    "cargo",
    ["build", "--bins", "--release", "--locked", "--features", "native,bench", "--target-dir", target],
    crate,
  );
  return join(target, "release");
}

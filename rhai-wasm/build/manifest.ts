/** What the committed module was built from. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { manifestFile, packageFolder, wasmFile } from "./paths.ts";

export interface Manifest {
  /** SHA-256 of everything that the module's bytes depend on, by path in this package. */
  readonly sources: Readonly<Record<string, string>>;
  readonly wasm: { readonly sha256: string; readonly bytes: number; readonly gzipped: number };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Rust's sources of the library and of what weighs it (the other programs have no part in it), and how it is built. */
function sourcePaths(): string[] {
  const modules = readdirSync(join(packageFolder, "crate/src")).filter((name) => name.endsWith(".rs"));
  return [
    "build/cargo.ts",
    "crate/.cargo/config.toml",
    "crate/Cargo.lock",
    "crate/Cargo.toml",
    "crate/rust-toolchain.toml",
    ...modules.map((name) => `crate/src/${name}`).sort(),
    "weigh/Cargo.lock",
    "weigh/Cargo.toml",
    "weigh/rust-toolchain.toml",
    "weigh/src/main.rs",
  ];
}

export function manifestOf(wasm: Uint8Array): Manifest {
  const entries = sourcePaths().map(
    (path) => [path, sha256(readFileSync(join(packageFolder, path)))] as const,
  );
  const gzipped = gzipSync(wasm, { level: 9 }).length;
  return {
    sources: Object.fromEntries(entries),
    wasm: { sha256: sha256(wasm), bytes: wasm.length, gzipped },
  };
}

/** As it stands in the file. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What is wrong with the committed module, a line each. */
export function staleness(): string[] {
  const committed: Manifest = JSON.parse(readFileSync(manifestFile, "utf8"));
  const actual = manifestOf(readFileSync(wasmFile));
  const paths = new Set([...Object.keys(committed.sources), ...Object.keys(actual.sources)]);
  const changed = [...paths].filter((path) => committed.sources[path] !== actual.sources[path]);
  return [
    ...changed.map((path) => `${path} has changed since ${relative(packageFolder, wasmFile)} was built`),
    ...(committed.wasm.sha256 === actual.wasm.sha256 ? [] : ["rhai.wasm is not the one that was built"]),
  ];
}

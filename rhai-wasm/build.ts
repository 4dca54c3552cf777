/**
 * Builds `wasm/rhai.wasm` and its manifest; needs Rust's rustup and no more.
 *
 *   node rhai-wasm/build.ts            builds
 *   node rhai-wasm/build.ts --verify   builds in another folder, and fails unless it gives the committed bytes
 *   node rhai-wasm/build.ts --expect   writes the expected outcomes of the conformance cases anew
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildModule, buildPrograms } from "./build/cargo.ts";
import { manifestOf, manifestText } from "./build/manifest.ts";
import { crateFolder, manifestFile, packageFolder, wasmFile, weighFolder } from "./build/paths.ts";

const products = join(packageFolder, "dist/cargo");

function build(): void {
  const wasm = buildModule(crateFolder, weighFolder, products);
  const manifest = manifestOf(wasm);
  writeFileSync(wasmFile, wasm);
  writeFileSync(manifestFile, manifestText(manifest));
  console.log(`rhai.wasm: ${manifest.wasm.bytes} bytes, ${manifest.wasm.gzipped} gzipped`);
}

function verify(): void {
  const folder = mkdtempSync(join(tmpdir(), "rhai-wasm-"));
  try {
    cpSync(crateFolder, join(folder, "elsewhere"), { recursive: true });
    const again = buildModule(join(folder, "elsewhere"), weighFolder, join(folder, "target"));
    if (!again.equals(readFileSync(wasmFile))) throw new Error("another build gives other bytes");
    console.log("rhai.wasm is what its sources give");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function expectOutcomes(): void {
  const programs = buildPrograms(crateFolder, products);
  const data = join(packageFolder, "conformance");
  execFileSync(join(programs, "conformance"), [join(data, "cases"), join(data, "expected")]);
}

const task = { "--verify": verify, "--expect": expectOutcomes }[process.argv[2] ?? ""] ?? build;
task();

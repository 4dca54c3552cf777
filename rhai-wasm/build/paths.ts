/** Where things are in this package. */
import { join } from "node:path";

export const packageFolder = join(import.meta.dirname, "..");
export const crateFolder = join(packageFolder, "crate");
/** What makes the module's loops count. */
export const weighFolder = join(packageFolder, "weigh");
export const wasmFile = join(packageFolder, "wasm/rhai.wasm");
export const manifestFile = join(packageFolder, "wasm/manifest.json");

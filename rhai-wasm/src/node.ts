/** For Node: the module that this package ships, from the disk. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { loadRhai } from "./load.ts";
import type { Rhai, RhaiOptions } from "./rhai.ts";

/** As the address stands to this file in the repository and, one folder deeper, in the published package. */
const places = ["../wasm/rhai.wasm", "../../wasm/rhai.wasm"];

async function moduleBytes(): Promise<Uint8Array<ArrayBuffer>> {
  for (const place of places) {
    const bytes = await readFile(fileURLToPath(new URL(place, import.meta.url).href)).catch(() => null);
    if (bytes !== null) return new Uint8Array(bytes);
  }
  throw new Error("rhai.wasm is not where the package keeps it");
}

export async function loadRhaiFromDisk(options: RhaiOptions = {}): Promise<Rhai> {
  return await loadRhai(await moduleBytes(), options);
}

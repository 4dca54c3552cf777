/** What it takes until the first script is evaluated: `node rhai-wasm/bench/start-up.ts`, in milliseconds. */
import { readFileSync } from "node:fs";
import { wasmFile } from "../build/paths.ts";
import { instantiateRhai } from "../src/index.ts";
import { median } from "./timing.ts";

const bytes = readFileSync(wasmFile);

function milliseconds<T>(work: () => T): { took: number; value: T } {
  const begin = performance.now();
  const value = work();
  return { took: performance.now() - begin, value };
}

const rounds = Array.from({ length: 15 }, (_, round) => {
  // Other bytes each time, in a section that is not read: else the host finds what it has compiled before.
  const name = [...new TextEncoder().encode(String(round).padStart(4, "0"))];
  const own = new Uint8Array([...bytes, 0, 5, 4, ...name]);
  const module = milliseconds(() => new WebAssembly.Module(own));
  const rhai = milliseconds(() => instantiateRhai(module.value));
  const first = milliseconds(() => rhai.value.compile("facts.a == 1").evaluate({ facts: { a: 1 } }));
  return { compile: module.took, instantiate: rhai.took, first: first.took };
});

for (const part of ["compile", "instantiate", "first"] as const)
  console.log(part, median(rounds.map((round) => round[part])).toFixed(2));
console.log("memory of an instance", instantiateRhai(new WebAssembly.Module(bytes)).memoryBytes);

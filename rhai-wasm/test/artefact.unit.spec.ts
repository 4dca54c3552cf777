/** The committed module is what its sources give, small enough, and without a way out. No Rust is needed for this. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { manifestOf, staleness } from "../build/manifest.ts";
import { manifestFile, wasmFile } from "../build/paths.ts";

const wasm = readFileSync(wasmFile);
const module = new WebAssembly.Module(wasm);

it("was built from these sources (else: `node rhai-wasm/build.ts`)", () => {
  expect(staleness()).toEqual([]);
  expect(JSON.parse(readFileSync(manifestFile, "utf8"))).toEqual(manifestOf(wasm));
});

it("has less than 500 KB, compressed", () => {
  expect(manifestOf(wasm).wasm.gzipped).toBeLessThan(500_000);
});

it("imports a clock and nothing else", () => {
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: "host", name: "now", kind: "function" }]);
});

it("cannot have more than 32 MB of memory", () => {
  const { memory } = new WebAssembly.Instance(module, { host: { now: () => 0 } }).exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError("no memory");
  const pages = 32 * 16 - memory.buffer.byteLength / 65536;
  memory.grow(pages);
  expect(() => memory.grow(1)).toThrow(RangeError);
});

it("names no place on the machine that built it", () => {
  const text = new TextDecoder("latin1").decode(wasm);
  expect(text.match(/\/(?:home|root|Users|tmp|work|builds?|opt|usr)\/[\w.-]+/g)).toBeNull();
  expect(text).not.toMatch(/\.cargo|registry\/src|\.rustup/);
});

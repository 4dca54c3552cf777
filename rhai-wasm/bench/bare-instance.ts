/** The module with `repeat`, which evaluates many times over one scope (the crate's feature `bench`). */
import { readFileSync } from "node:fs";
import { type Limits, limitsInOrder } from "../src/limits.ts";

type Call = (...numbers: number[]) => number;

function isCall(value: unknown): value is Call {
  return typeof value === "function";
}

export class BareInstance {
  readonly #exports: WebAssembly.Exports;

  constructor(path: string, limits: Limits, scope: Uint8Array) {
    const module = new WebAssembly.Module(readFileSync(path));
    this.#exports = new WebAssembly.Instance(module, { host: { now: () => performance.now() } }).exports;
    this.#call("start", ...limitsInOrder(limits));
    this.hold(scope);
  }

  compile(source: string): number {
    this.#put(new TextEncoder().encode(source));
    const handle = this.#call("compile");
    return handle;
  }

  /** The scope that `repeat` uses from now on. */
  hold(scope: Uint8Array): void {
    this.#put(scope);
    this.#call("hold");
  }

  repeat(handle: number, times: number): void {
    this.#call("repeat", handle, times);
  }

  #call(name: string, ...numbers: number[]): number {
    const call = this.#exports[name];
    if (!isCall(call)) throw new TypeError(`no function ${name}`);
    return call(...numbers);
  }

  #put(bytes: Uint8Array): void {
    const start = this.#call("input", bytes.length);
    if (!(this.#exports.memory instanceof WebAssembly.Memory)) throw new TypeError("no memory");
    new Uint8Array(this.#exports.memory.buffer, start, bytes.length).set(bytes);
  }
}

/** One WebAssembly instance: the calls of `crate/src/abi.rs`, with their types verified. */
import { AnswerReader } from "./answer-reader.ts";
import { type Limits, limitsInOrder } from "./limits.ts";

type Call = (...numbers: number[]) => number;

/** A function of the instance takes and gives back numbers only, since none of them has a 64-bit integer. */
function isCall(value: unknown): value is Call {
  return typeof value === "function";
}

function callOf(exports: Readonly<Record<string, unknown>>, name: string): Call {
  const call = exports[name];
  if (!isCall(call)) throw new TypeError(`no module of rhai-wasm: it has no function ${name}`);
  return call;
}

/** Milliseconds since some fixed moment. */
export type Clock = () => number;

const utf8 = new TextEncoder();

export class Instance {
  readonly #memory: WebAssembly.Memory;
  readonly #start: Call;
  readonly #input: Call;
  readonly #output: Call;
  readonly #outputLength: Call;
  readonly #compile: Call;
  readonly #evaluate: Call;
  readonly #used: Call;
  readonly #forget: Call;
  readonly #exports: Readonly<Record<string, unknown>>;
  #limits: Limits;

  constructor(module: WebAssembly.Module, limits: Limits, clock: Clock) {
    const { exports } = new WebAssembly.Instance(module, { host: { now: clock } });
    if (!(exports.memory instanceof WebAssembly.Memory))
      throw new TypeError("no module of rhai-wasm: it has no memory");
    this.#memory = exports.memory;
    this.#exports = exports;
    this.#start = callOf(exports, "start");
    this.#input = callOf(exports, "input");
    this.#output = callOf(exports, "output");
    this.#outputLength = callOf(exports, "output_length");
    this.#compile = callOf(exports, "compile");
    this.#evaluate = callOf(exports, "evaluate");
    this.#used = callOf(exports, "used");
    this.#forget = callOf(exports, "forget");
    this.#limits = limits;
    this.#start(...limitsInOrder(limits));
  }

  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  limit(limits: Limits): void {
    if (limits === this.#limits) return;
    this.#start(...limitsInOrder(limits));
    this.#limits = limits;
  }

  /** The script's handle; -1 when the answer is an error. */
  compile(source: string): number {
    this.#put(utf8.encode(source));
    return this.#compile();
  }

  /** Whether the answer is a value; it is an error otherwise. */
  evaluate(handle: number, scope: Uint8Array, budget: number): boolean {
    this.#put(scope);
    return this.#evaluate(handle, budget) === 1;
  }

  /** Operations that the last evaluation has taken, or what it did that is worth as many. */
  used(): number {
    return this.#used();
  }

  forget(handle: number): void {
    this.#forget(handle);
  }

  answer(): AnswerReader {
    const start = this.#output();
    return new AnswerReader(this.#memory.buffer, start, this.#outputLength());
  }

  /** Only after a trap: whether memory had run out. */
  ranOutOfMemory(): boolean {
    return callOf(this.#exports, "trap_out_of_memory")() === 1;
  }

  /** Only after a trap: whether one operation went far beyond the limit of all of them. */
  usedUp(): boolean {
    return callOf(this.#exports, "trap_used_up")() === 1;
  }

  /** Only after a trap: the text of the panic, empty when there was none. */
  panicText(): string {
    const start = callOf(this.#exports, "trap_text")();
    const length = callOf(this.#exports, "trap_text_length")();
    return new TextDecoder().decode(new Uint8Array(this.#memory.buffer, start, length));
  }

  #put(request: Uint8Array): void {
    const start = this.#input(request.length);
    new Uint8Array(this.#memory.buffer, start, request.length).set(request);
  }
}

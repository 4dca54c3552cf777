/** Keeps an instance at hand, and puts a new one in the place of one that broke. */
import { failed, type Outcome } from "./errors.ts";
import { type Clock, Instance } from "./instance.ts";
import type { Limits } from "./limits.ts";

/** Memory that an instance has taken is never given back, so one that took this much is not kept for ever. */
const RECYCLE_BYTES = 16 * 1024 * 1024;

/** What an instance that breaks throws: a trap, or the end of the host's stack, which is no RangeError everywhere. */
function isTrap(error: unknown): error is Error {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return true;
  return error instanceof Error && error.name === "InternalError";
}

/** Why an instance broke. It is still asked what it knows, but must not run any further. */
function failureOf(instance: Instance, trap: Error): Outcome<never> {
  if (instance.ranOutOfMemory()) return failed("data_too_large", "Memory exhausted");
  if (instance.usedUp()) return failed("too_many_operations", "Too many operations");
  const panic = instance.panicText();
  if (panic !== "") return failed("system", `The engine stopped: ${panic}`);
  // Neither: the stack is used up, either the host's (a RangeError, or what an engine has instead) or the instance's
  // own in linear memory (a read beyond its bounds).
  if (/unreachable/i.test(trap.message)) return failed("system", `The engine stopped: ${trap.message}`);
  return failed("stack_overflow", "Stack overflow");
}

export class Machine {
  readonly #module: WebAssembly.Module;
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #replaced: () => void;
  #instance: Instance | null = null;

  /** `replaced` is called when whatever was compiled in the instance is gone. */
  constructor(module: WebAssembly.Module, limits: Limits, clock: Clock, replaced: () => void) {
    this.#module = module;
    this.#limits = limits;
    this.#clock = clock;
    this.#replaced = replaced;
    this.#instance = new Instance(module, limits, clock);
  }

  get memoryBytes(): number {
    return this.#instance?.memoryBytes ?? 0;
  }

  /** Work in the instance. Whatever is thrown costs the instance; a trap is an outcome. */
  run<T>(limits: Limits | null, work: (instance: Instance) => Outcome<T>): Outcome<T> {
    const instance = this.#current();
    try {
      instance.limit(limits ?? this.#limits);
      return work(instance);
    } catch (error) {
      this.#drop();
      if (!isTrap(error)) throw error;
      return failureOf(instance, error);
    }
  }

  #current(): Instance {
    if (this.#instance !== null && this.#instance.memoryBytes > RECYCLE_BYTES) this.#drop();
    this.#instance ??= new Instance(this.#module, this.#limits, this.#clock);
    return this.#instance;
  }

  #drop(): void {
    this.#instance = null;
    this.#replaced();
  }
}

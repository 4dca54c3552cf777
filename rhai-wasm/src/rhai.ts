/** The engine: compiles scripts, keeps them, evaluates them. */
import type { AnswerReader } from "./answer-reader.ts";
import { EncodedScope } from "./encoded-scope.ts";
import { failed, type Outcome, RhaiError } from "./errors.ts";
import type { Clock, Instance } from "./instance.ts";
import { budgetOf, defaultLimits, type Limits, limitsWith } from "./limits.ts";
import { Machine } from "./machine.ts";
import { ScopeWriter } from "./scope-writer.ts";
import { type RunOptions, Script } from "./script.ts";
import { ScriptCache } from "./script-cache.ts";
import type { Scope } from "./values.ts";

export interface RhaiOptions {
  readonly limits?: Partial<Limits>;
  /** Milliseconds an evaluation may take, where the clock advances while it runs. */
  readonly timeBudget?: number;
  /** How many compiled scripts are kept. */
  readonly cachedScripts?: number;
  /** How many UTF-16 units of source the compiled scripts that are kept may have altogether. */
  readonly cachedLength?: number;
  readonly clock?: Clock;
}

const DEFAULT_BUDGET = 5000;
const DEFAULT_SCRIPTS = 1024;
const DEFAULT_LENGTH = 256 * 1024;

export class Rhai {
  readonly #limits: Limits;
  readonly #budget: number;
  readonly #writer: ScopeWriter;
  readonly #cache: ScriptCache;
  readonly #machine: Machine;
  #used = 0;

  constructor(module: WebAssembly.Module, options: RhaiOptions = {}) {
    this.#limits = limitsWith(defaultLimits, options.limits);
    this.#budget = budgetOf(options.timeBudget ?? DEFAULT_BUDGET);
    this.#writer = new ScopeWriter(this.#limits.scopeBytes);
    this.#cache = new ScriptCache(
      options.cachedScripts ?? DEFAULT_SCRIPTS,
      options.cachedLength ?? DEFAULT_LENGTH,
    );
    const clock = options.clock ?? (() => performance.now());
    this.#machine = new Machine(module, this.#limits, clock, () => this.#cache.clear());
  }

  /** Bytes of linear memory that the instance has. */
  get memoryBytes(): number {
    return this.#machine.memoryBytes;
  }

  /** Operations that the last evaluation has taken, or what it did that is worth as many; its limit when it broke the instance. */
  get used(): number {
    return this.#used;
  }

  /** Throws RhaiError when the source is no script. A source compiled before costs nothing. */
  compile(source: string): Script {
    const outcome = this.tryCompile(source);
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  }

  /** As `compile`, with the failure as a value. */
  tryCompile(source: string): Outcome<Script> {
    const outcome = this.#machine.run(null, (instance) => this.#handle(instance, source));
    if (!outcome.ok) return outcome;
    return { ok: true, value: new Script(source, this.#evaluate) };
  }

  /** What is wrong with a source, with line and column; null when it is a script. */
  checkSyntax(source: string): RhaiError | null {
    const outcome = this.tryCompile(source);
    return outcome.ok ? null : outcome.error;
  }

  /** A scope that many evaluations start from: it is converted once. Throws as `evaluate` does. */
  encode(scope: Scope): EncodedScope {
    return new EncodedScope(this.#writer.write(scope).slice());
  }

  readonly #evaluate = <T>(
    source: string,
    scope: Scope | EncodedScope,
    options: RunOptions,
    read: (answer: AnswerReader) => T,
  ): Outcome<T> => {
    const limits = limitsWith(this.#limits, options.limits);
    const budget = budgetOf(options.timeBudget ?? this.#budget);
    const bytes = this.#bytesOf(scope);
    if (bytes instanceof RhaiError) return { ok: false, error: bytes };
    this.#used = limits.operations;
    return this.#machine.run(limits, (instance) => {
      const compiled = this.#handle(instance, source);
      if (!compiled.ok) return compiled;
      const isValue = instance.evaluate(compiled.value, bytes, budget);
      this.#used = instance.used();
      const answer = instance.answer();
      return isValue ? { ok: true, value: read(answer) } : { ok: false, error: answer.error() };
    });
  };

  #bytesOf(scope: Scope | EncodedScope): Uint8Array | RhaiError {
    if (scope instanceof EncodedScope) return scope.bytes;
    try {
      return this.#writer.write(scope);
    } catch (error) {
      if (error instanceof RhaiError) return error;
      throw error;
    }
  }

  /** Compiles what is not in this instance yet, or no longer. */
  #handle(instance: Instance, source: string): Outcome<number> {
    const known = this.#cache.handleOf(source);
    if (known !== null) return { ok: true, value: known };
    if (source.length > this.#limits.sourceLength)
      return failed("data_too_large", "Length of the source too large");
    const handle = instance.compile(source);
    if (handle < 0) return { ok: false, error: instance.answer().error() };
    for (const leaving of this.#cache.add(source, handle)) instance.forget(leaving);
    return { ok: true, value: handle };
  }
}

/** A compiled script. */
import type { AnswerReader } from "./answer-reader.ts";
import type { EncodedScope } from "./encoded-scope.ts";
import type { Outcome } from "./errors.ts";
import type { RunLimits } from "./limits.ts";
import { bigintForm, exactForm, plainForm, type ResultForm } from "./result-forms.ts";
import type { ExactValue, PlainValue, Scope, Tree } from "./values.ts";

export interface RunOptions {
  /** Instead of those of the engine, for this evaluation. */
  readonly limits?: Partial<RunLimits>;
  /** Milliseconds, where the clock advances while a script runs. */
  readonly timeBudget?: number;
}

export interface EvaluateOptions extends RunOptions {
  /** `plain`: PlainValue. `bigint`: the same, but all integers are bigints. `exact`: ExactValue. */
  readonly results?: "plain" | "bigint" | "exact";
}

/** How the engine evaluates: the outcome of a source over a scope, read by `read`. */
export type Evaluation = <T>(
  source: string,
  scope: Scope | EncodedScope,
  options: RunOptions,
  read: (answer: AnswerReader) => T,
) => Outcome<T>;

export class Script {
  readonly source: string;
  readonly #evaluation: Evaluation;

  /** Made by `compile` of the engine. */
  constructor(source: string, evaluation: Evaluation) {
    this.source = source;
    this.#evaluation = evaluation;
  }

  /**
   * Every evaluation has a scope of its own. Throws RhaiError when the script fails, TypeError or RangeError when the
   * scope has something that is no value of a script.
   */
  evaluate(scope: Scope | EncodedScope, options: EvaluateOptions & { readonly results: "exact" }): ExactValue;
  evaluate(
    scope?: Scope | EncodedScope,
    options?: EvaluateOptions & { readonly results?: "plain" | "bigint" },
  ): PlainValue;
  evaluate(scope: Scope | EncodedScope = {}, options: EvaluateOptions = {}): PlainValue | ExactValue {
    const outcome = this.#outcome(scope, options);
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  }

  /** As `evaluate`, with a script's failure as a value. */
  tryEvaluate(
    scope: Scope | EncodedScope,
    options: EvaluateOptions & { readonly results: "exact" },
  ): Outcome<ExactValue>;
  tryEvaluate(
    scope?: Scope | EncodedScope,
    options?: EvaluateOptions & { readonly results?: "plain" | "bigint" },
  ): Outcome<PlainValue>;
  tryEvaluate(
    scope: Scope | EncodedScope = {},
    options: EvaluateOptions = {},
  ): Outcome<PlainValue> | Outcome<ExactValue> {
    return this.#outcome(scope, options);
  }

  #outcome(scope: Scope | EncodedScope, options: EvaluateOptions): Outcome<PlainValue> | Outcome<ExactValue> {
    switch (options.results) {
      case "exact":
        return this.#in(exactForm, scope, options);
      case "bigint":
        return this.#in(bigintForm, scope, options);
      default:
        return this.#in(plainForm, scope, options);
    }
  }

  #in<Leaf>(form: ResultForm<Leaf>, scope: Scope | EncodedScope, options: RunOptions): Outcome<Tree<Leaf>> {
    return this.#evaluation(this.source, scope, options, (answer) => answer.value(form));
  }
}

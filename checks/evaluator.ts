/** What evaluates scripts, as `checks/` sees it: Rhai in WebAssembly, in a Worker, a browser or Node. */

/** A value that goes into a script, or comes out of one: JSON, with integers and floats told apart. */
export type ScriptOutcome = (
  | {
      readonly ok: true;
      /** As JSON has it; integers beyond what a double holds are given as the nearest double. */
      readonly value: unknown;
      /** Equal for equal values of the same type alone: 1 and 1.0 differ. */
      readonly identity: string;
    }
  | {
      readonly ok: false;
      /** Kind of the innermost error, as `property_not_found`. */
      readonly kind: string;
      readonly message: string;
      readonly line: number | null;
      readonly column: number | null;
    }
) & {
  /** Steps that it took, or what it did to long values that is worth as many. */
  readonly operations: number;
};

/** A scope that was converted once, for many scripts. */
export interface PreparedScope {
  /** @param most steps that it may take, where they are fewer than any script's */
  evaluate(source: string, most?: number): ScriptOutcome;
}

export interface Evaluator {
  prepare(scope: Readonly<Record<string, unknown>>): PreparedScope;
  /** What is wrong with a source; null when it compiles. */
  checkSyntax(
    source: string,
  ): { readonly message: string; readonly line: number; readonly column: number } | null;
}

/** What can go wrong with a script. */

/**
 * Rhai's own kinds, and three that this package gives a wider meaning:
 * `data_too_large` also for a scope, source or result beyond its limit and for exhausted memory, `stack_overflow` also
 * for an exhausted machine stack, `system` for any other end of the WebAssembly instance.
 */
export const errorKinds = [
  "system",
  "parsing",
  "variable_exists",
  "forbidden_variable",
  "variable_not_found",
  "property_not_found",
  "index_not_found",
  "function_not_found",
  "module_not_found",
  "in_function_call",
  "in_module",
  "unbound_this",
  "mismatch_data_type",
  "mismatch_output_type",
  "indexing_type",
  "array_bounds",
  "string_bounds",
  "bit_field_bounds",
  "for",
  "data_race",
  "non_pure_method_call_on_constant",
  "assignment_to_constant",
  "dot_expr",
  "arithmetic",
  "too_many_operations",
  "too_many_variables",
  "too_many_modules",
  "stack_overflow",
  "data_too_large",
  "terminated",
  "custom_syntax",
  "runtime",
] as const;

export type RhaiErrorKind = (typeof errorKinds)[number];

const known: ReadonlySet<string> = new Set(errorKinds);

export function isErrorKind(text: string): text is RhaiErrorKind {
  return known.has(text);
}

/**
 * A script that failed. `kind` and position are those of the innermost error; `message` is the whole text, with the
 * calls that the error came through.
 */
export class RhaiError extends Error {
  override readonly name = "RhaiError";
  readonly kind: RhaiErrorKind;
  /** From 1; null where the error has no place in the source. */
  readonly line: number | null;
  readonly column: number | null;

  constructor(
    kind: RhaiErrorKind,
    message: string,
    line: number | null = null,
    column: number | null = null,
  ) {
    super(message);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }
}

/** The outcome of a script, as a value. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: RhaiError };

export function failed(kind: RhaiErrorKind, message: string): Outcome<never> {
  return { ok: false, error: new RhaiError(kind, message) };
}

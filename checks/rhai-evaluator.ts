/** Evaluates scripts with Rhai in WebAssembly. */
import { type ExactValue, type Rhai, RhaiChar, RhaiFloat, RhaiUnsupported } from "../rhai-wasm/src/index.ts";
import type { Evaluator, PreparedScope, ScriptOutcome } from "./evaluator.ts";

/** As JSON has it: what JSON cannot hold (infinite floats, functions, ranges) is null; an integer is the nearest double. */
function jsonOf(value: ExactValue): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof RhaiFloat) return Number.isFinite(value.value) ? value.value : null;
  if (value instanceof RhaiChar) return value.value;
  if (value instanceof RhaiUnsupported) return null;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, jsonOf(child)]));
  }
  return value;
}

/** Equal for equal values of the same type alone. Rhai's maps have their keys in order already. */
function identityOf(value: ExactValue): string {
  if (typeof value === "bigint") return `i${value}`;
  if (value instanceof RhaiFloat) return `f${value.value}`;
  if (value instanceof RhaiChar) return JSON.stringify(value.value);
  if (value instanceof RhaiUnsupported) return "null";
  if (Array.isArray(value)) return `[${value.map(identityOf).join()}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}:${identityOf(child)}`)}}`;
  }
  return JSON.stringify(value);
}

function refused(error: unknown): ScriptOutcome {
  const message = String(error);
  return { ok: false, kind: "data_too_large", message, line: null, column: null, operations: 0 };
}

export function rhaiEvaluator(rhai: Rhai): Evaluator {
  const prepare = (scope: Readonly<Record<string, unknown>>): PreparedScope => {
    let encoded: ReturnType<Rhai["encode"]>;
    try {
      encoded = rhai.encode(scope);
    } catch (error) {
      // Facts that nest too deep or take too much: every script over them ends in the same way.
      return { evaluate: () => refused(error) };
    }
    return {
      evaluate(source, most) {
        const compiled = rhai.tryCompile(source);
        const limits = most === undefined ? {} : { operations: most };
        const outcome = compiled.ok
          ? compiled.value.tryEvaluate(encoded, { results: "exact", limits })
          : compiled;
        const operations = compiled.ok ? rhai.used : 0;
        if (outcome.ok)
          return { ok: true, value: jsonOf(outcome.value), identity: identityOf(outcome.value), operations };
        const { kind, message, line, column } = outcome.error;
        return { ok: false, kind, message, line, column, operations };
      },
    };
  };
  return {
    prepare,
    checkSyntax(source) {
      const error = rhai.checkSyntax(source);
      return error === null
        ? null
        : { message: error.message, line: error.line ?? 1, column: error.column ?? 1 };
    },
  };
}

/** What a script may use up. */

/** Limits that an evaluation may set for itself. */
export interface RunLimits {
  /**
   * Steps of the interpreter, and what they do to long values: the one limit that always stops a script, see the platform
   * contract in the README.
   */
  readonly operations: number;
  readonly callLevels: number;
  /** Bytes of a string; of all strings together inside an array or map. */
  readonly stringSize: number;
  /** Elements of an array, those of nested arrays included. */
  readonly arraySize: number;
  /** Properties of a map, those of nested maps included. */
  readonly mapSize: number;
  readonly variables: number;
}

/** Limits of scripts when they are compiled, and of an evaluation that sets none. */
export interface Limits extends RunLimits {
  readonly expressionDepth: number;
  readonly functionExpressionDepth: number;
  readonly functions: number;
  /** UTF-16 units of a script. */
  readonly sourceLength: number;
  /** Bytes of an encoded scope. */
  readonly scopeBytes: number;
}

/** Call levels and depths are Rhai's own defaults; the sizes bound what a script makes, not what comes in with its scope. */
export const defaultLimits: Limits = {
  operations: 150_000,
  callLevels: 64,
  expressionDepth: 64,
  functionExpressionDepth: 32,
  stringSize: 256 * 1024,
  arraySize: 10_000,
  mapSize: 10_000,
  functions: 256,
  variables: 1024,
  sourceLength: 128 * 1024,
  scopeBytes: 8 * 1024 * 1024,
};

/** No limit can be switched off: each is a positive number. Infinity is not one that a script could reach, so no. */
export function limitsWith(base: Limits, own: Partial<Limits> | undefined): Limits {
  if (own === undefined) return base;
  for (const [name, value] of Object.entries(own))
    if (!(Number.isSafeInteger(value) && value > 0))
      throw new RangeError(`limit ${name} is no positive integer`);
  return { ...base, ...own };
}

/** Infinity is no budget at all. */
export function budgetOf(milliseconds: number): number {
  if (!(milliseconds > 0)) throw new RangeError("the time budget is no positive number");
  return milliseconds;
}

/** In the order of the instance's `start`. */
export function limitsInOrder(limits: Limits): readonly number[] {
  return [
    limits.operations,
    limits.callLevels,
    limits.expressionDepth,
    limits.functionExpressionDepth,
    limits.stringSize,
    limits.arraySize,
    limits.mapSize,
    limits.functions,
    limits.variables,
  ];
}

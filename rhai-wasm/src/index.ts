/** Rhai in WebAssembly. */
export { EncodedScope } from "./encoded-scope.ts";
export { errorKinds, type Outcome, RhaiError, type RhaiErrorKind } from "./errors.ts";
export type { Clock } from "./instance.ts";
export { defaultLimits, type Limits, type RunLimits } from "./limits.ts";
export { instantiateRhai, loadRhai, type RhaiSource } from "./load.ts";
export { Rhai, type RhaiOptions } from "./rhai.ts";
export { type EvaluateOptions, type RunOptions, Script } from "./script.ts";
export {
  char,
  type ExactValue,
  float,
  type PlainValue,
  RhaiChar,
  RhaiFloat,
  RhaiUnsupported,
  type Scope,
} from "./values.ts";

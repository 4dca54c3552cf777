/** What the scripts of one piece of work may take together, so that a few that never end do not take it from all others. */
import type { Evaluator, ScriptOutcome } from "./evaluator.ts";

export interface Allowance {
  /** Steps that each script has for itself, whatever the others did. */
  readonly each: number;
  /** Steps beyond these, for all scripts together. When they are used up, each is left with its own. */
  readonly shared: number;
}

/** For the scripts of an execution: those of real checks take some hundred to some thousand steps. */
export const allowanceOfExecution: Allowance = { each: 10_000, shared: 10_000_000 };
/** For conditions and exclusions, when an execution is planned or the catalogue is filtered: mere comparisons. */
export const allowanceOfSelection: Allowance = { each: 1_000, shared: 2_000_000 };

/** A script that was given less than usual, and needed more. */
function explained(outcome: ScriptOutcome, each: number): ScriptOutcome {
  if (outcome.ok || outcome.kind !== "too_many_operations") return outcome;
  const message = `The scripts have used up the steps that they share, and this one takes more than the ${each} left to each`;
  return { ...outcome, message };
}

export interface Allotted extends Evaluator {
  /** Of the steps that all share. */
  left(): number;
}

/** The same evaluator, for one piece of work. */
export function allotted(evaluator: Evaluator, { each, shared }: Allowance): Allotted {
  let left = shared;
  return {
    ...evaluator,
    left: () => left,
    prepare(scope) {
      const prepared = evaluator.prepare(scope);
      return {
        evaluate(source, most) {
          const isShort = left <= 0 && (most === undefined || most > each);
          const outcome = prepared.evaluate(source, isShort ? each : most);
          left -= Math.max(outcome.operations - each, 0);
          return isShort ? explained(outcome, each) : outcome;
        },
      };
    },
  };
}

/** Where scripts are evaluated and catalogues read: no other code has to do with the engine. */
import type { Evaluation } from "../../checks/evaluation/evaluation.ts";
import { EvaluationElsewhere, type EvaluatorStub } from "./elsewhere.ts";
import { here } from "./here.ts";

export interface EvaluationBindings {
  /** What evaluates in a process of its own, where the server is self-hosted. */
  readonly EVALUATOR?: Fetcher;
}

export function evaluationOf({ EVALUATOR }: EvaluationBindings): Evaluation {
  return EVALUATOR === undefined ? here : new EvaluationElsewhere(EVALUATOR as unknown as EvaluatorStub);
}

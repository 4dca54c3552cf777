/** Evaluates in this isolate, in turns with everything else that it does. */
import { type Evaluation, evaluationHere } from "../../checks/evaluation/evaluation.ts";
import { sharedEvaluator } from "./rhai.ts";
import { Stretches } from "./stretches.ts";

const stretches = new Stretches();

export const here: Evaluation = evaluationHere(sharedEvaluator, (steps) => stretches.take(steps));

/** @param until by `performance.now()` */
export function hereUntil(until: number): Evaluation {
  return evaluationHere(sharedEvaluator, (steps) => stretches.take(steps, until));
}

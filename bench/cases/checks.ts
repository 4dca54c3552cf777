/** A thousand evaluations of checks on targets in one execution, over facts of a simulated cluster. */

import { evaluateAtOnce } from "../../checks/evaluation/evaluate.ts";
import { evaluationAtOnce } from "../../checks/evaluation/evaluation.ts";
import { ownCatalogue } from "../../checks/own-catalogue.ts";
import { factRequests, planExecution } from "../../checks/planning/plan.ts";
import { rhaiEvaluator } from "../../checks/rhai-evaluator.ts";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import { factsOf } from "../../tools/simulate/facts/index.ts";
import { generateLandscape } from "../../tools/simulate/landscape.ts";
import { checksFor, environmentOf, targetsOf } from "../../tools/simulate/selection.ts";
import { median } from "../median.ts";

const EVALUATIONS = 1_000;
const ROUNDS = 15;

export interface Evaluated {
  readonly evaluations: number;
  readonly checks: number;
  readonly targets: number;
  /** Milliseconds: median and worst of the rounds, scripts compiled. */
  readonly median: number;
  readonly worst: number;
  /** Milliseconds of the very first round, with loading and compiling. */
  readonly first: number;
}

export async function evaluations(): Promise<Evaluated> {
  const group = targetsOf(generateLandscape({ hosts: 45, seed: 7 })).find(({ name }) => name === "hana_hbp");
  const host = group?.hosts[0];
  if (group === undefined || host === undefined) throw new Error("the landscape has no such cluster");
  const checks = checksFor(group);
  const count = Math.ceil(EVALUATIONS / checks.length);
  const started = performance.now();
  const evaluator = rhaiEvaluator(await loadRhaiFromDisk({ timeBudget: Number.POSITIVE_INFINITY }));
  const plan = await planExecution(
    {
      execution_id: "bench",
      group_id: "bench",
      target_type: group.type,
      env: environmentOf(group),
      targets: Array.from({ length: count }, (_, index) => ({
        agent_id: `host ${index}`,
        checks,
        attributes: {},
      })),
    },
    [ownCatalogue],
    new Map(),
    evaluationAtOnce(evaluator),
    () => {},
  );
  if (plan === null) throw new Error("nothing was planned");
  const facts = new Map(
    plan.targets.map((target) => [target.agent_id, factsOf(host, factRequests(plan, target))]),
  );
  const run = () =>
    evaluateAtOnce(
      {
        checks: plan.definitions,
        values: new Map(Object.entries(plan.values)),
        targets: plan.targets,
        facts,
        excluded: plan.excluded,
      },
      evaluator,
    );
  run();
  const first = performance.now() - started;
  const times = Array.from({ length: ROUNDS }, () => {
    const before = performance.now();
    run();
    return performance.now() - before;
  });
  return {
    evaluations: plan.targets.length * checks.length,
    checks: checks.length,
    targets: plan.targets.length,
    median: median(times),
    worst: Math.max(...times),
    first,
  };
}

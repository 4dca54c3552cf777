/** Tries a check that is being written: what is wrong with it, and what it says of facts. */
import { type Finding, lint } from "../../../checks/catalogue/lint.ts";
import { readContent } from "../../../checks/catalogue/read-check.ts";
import type { CheckDefinition } from "../../../checks/definition.ts";
import { evaluateAtOnce } from "../../../checks/evaluation/evaluate.ts";
import type { Evaluator } from "../../../checks/evaluator.ts";
import type { Fact } from "../../../checks/facts.ts";
import type { CheckResult, ResolvedValue } from "../../../checks/results.ts";
import { exclusionOf } from "../../../checks/selection/exclusion.ts";
import { resolveValues } from "../../../checks/selection/values.ts";

/** What one host said, of whatever check. */
export interface TrialHost {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Under the name that the check gives them. */
  readonly facts: Readonly<Record<string, Told>>;
}
export type Told =
  | { readonly value: unknown }
  | { readonly error: { readonly type: string; readonly message: string } };

export interface Material {
  readonly env: Readonly<Record<string, unknown>>;
  readonly hosts: readonly TrialHost[];
}

export interface Trial {
  readonly findings: readonly Finding[];
  /** Null where the text is no check. */
  readonly check: CheckDefinition | null;
  readonly values: readonly ResolvedValue[];
  /** Null where there is no check, or nothing to try it on. */
  readonly result: CheckResult | null;
}

function factOf(check_id: string, name: string, told: Told): Fact {
  return "error" in told
    ? { check_id, name, error: told.error }
    : { check_id, name, value: JSON.parse(JSON.stringify(told.value ?? null)) };
}

/** The check's id is its file's name: which file is written is not settled yet. */
function fileNameOf(text: string): string {
  const { check } = readContent("check.yaml", text);
  return check === null ? "check.yaml" : `${check.id}.yaml`;
}

export function evaluateOn(
  check: CheckDefinition,
  { env, hosts }: Material,
  evaluator: Evaluator,
): CheckResult | null {
  const exclusions = hosts.map((host) => ({ host, ...exclusionOf(check, host.attributes, evaluator) }));
  const asked = exclusions.filter(({ isExcluded }) => !isExcluded).map(({ host }) => host);
  const { check_results } = evaluateAtOnce(
    {
      checks: [check],
      values: new Map([[check.id, resolveValues(check, env, new Map(), evaluator)]]),
      targets: asked.map(({ name }) => ({ agent_id: name, checks: [check.id] })),
      facts: new Map(
        asked.map(({ name, facts }) => [
          name,
          Object.entries(facts).map(([fact, told]) => factOf(check.id, fact, told)),
        ]),
      ),
      excluded: exclusions
        .filter(({ isExcluded }) => isExcluded)
        .map(({ host }) => ({ check_id: check.id, agent_id: host.name, expression: check.exclude ?? "" })),
    },
    evaluator,
  );
  return check_results[0] ?? null;
}

export function tryOut(text: string, material: Material, evaluator: Evaluator): Trial {
  const name = fileNameOf(text);
  const findings = lint([{ name, content: text }], evaluator);
  const { check } = readContent(name, text);
  if (check === null) return { findings, check, values: [], result: null };
  return {
    findings,
    check,
    values: resolveValues(check, material.env, new Map(), evaluator),
    result: evaluateOn(check, material, evaluator),
  };
}

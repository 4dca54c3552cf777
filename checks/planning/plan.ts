/** What an execution is going to do, settled before it starts: nothing that changes meanwhile changes its result. */
import { allowanceOfSelection } from "../allowance.ts";
import type { CustomValues } from "../customization/customizable.ts";
import type { Catalogue, CheckDefinition } from "../definition.ts";
import { Allotment } from "../evaluation/allotment.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import type { FactRequest } from "../facts.ts";
import type { ResolvedValue } from "../results.ts";
import { type Environment, selectChecks } from "../selection/applies.ts";
import { resolveAll } from "../selection/values.ts";

/** A host with the checks that are to run on it, and what is known of it besides, as `is_majority_maker`. */
export interface PlannedTarget {
  readonly agent_id: string;
  readonly checks: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface ExecutionRequest {
  readonly execution_id: string;
  readonly group_id: string;
  readonly target_type: string;
  readonly env: Environment;
  readonly targets: readonly PlannedTarget[];
}

/** A check as it was when the execution started, and the catalogue that it came from. */
export type PlannedCheck = CheckDefinition & { readonly catalogue: string };

export interface Excluded {
  readonly check_id: string;
  readonly agent_id: string;
  readonly expression: string;
}

export interface ExecutionPlan extends ExecutionRequest {
  readonly definitions: readonly PlannedCheck[];
  /** The catalogues of the checks. */
  readonly catalogues: readonly { readonly name: string; readonly version: string }[];
  /** By check. */
  readonly values: Readonly<Record<string, readonly ResolvedValue[]>>;
  readonly excluded: readonly Excluded[];
}

/** Of checks with the same id in several catalogues the first counts. */
export function knownChecks(catalogues: readonly Catalogue[]): PlannedCheck[] {
  const known = new Map<string, PlannedCheck>();
  for (const { name, checks } of catalogues)
    for (const check of checks) if (!known.has(check.id)) known.set(check.id, { ...check, catalogue: name });
  return [...known.values()];
}

/** One target at a time: there may be many times more exclusions than checks. */
async function exclusions(
  definitions: readonly PlannedCheck[],
  targets: readonly PlannedTarget[],
  allotment: Allotment,
  warn: (warning: string) => void,
): Promise<Excluded[]> {
  const conditional = definitions.flatMap(({ id, exclude }) => (exclude === null ? [] : [{ id, exclude }]));
  if (conditional.length === 0) return [];
  const excluded: Excluded[] = [];
  for (const { agent_id, checks, attributes: host } of targets) {
    const own = new Set(checks);
    const asked = conditional.filter(({ id }) => own.has(id));
    const found = await allotment.work(
      "exclusions",
      asked.map(({ exclude }) => ({ exclude, host })),
    );
    for (const [index, { id: check_id, exclude }] of asked.entries()) {
      const { isExcluded = false, warning = null } = found[index] ?? {};
      if (warning !== null) warn(`check ${check_id} is not excluded on ${agent_id}: ${warning}`);
      if (isExcluded) excluded.push({ check_id, agent_id, expression: exclude });
    }
  }
  return excluded;
}

/** What is said of one agent in several places is one target: it is asked once, and answers once. */
export function joinedTargets(targets: readonly PlannedTarget[]): PlannedTarget[] {
  const joined = new Map<string, PlannedTarget>();
  for (const { agent_id, checks, attributes } of targets) {
    const before = joined.get(agent_id);
    joined.set(agent_id, {
      agent_id,
      checks: [...new Set([...(before?.checks ?? []), ...checks])],
      attributes: { ...before?.attributes, ...attributes },
    });
  }
  return [...joined.values()];
}

/**
 * @param custom by check: what the group has set for itself
 * @param warn is told of scripts that exclude nothing because something is wrong with them
 * @returns null where no selected check is known and concerns the target
 */
export async function planExecution(
  request: ExecutionRequest,
  catalogues: readonly Catalogue[],
  custom: ReadonlyMap<string, CustomValues>,
  evaluation: Evaluation,
  warn: (warning: string) => void,
): Promise<ExecutionPlan | null> {
  const allotment = new Allotment(evaluation, allowanceOfSelection);
  const env = { ...request.env, target_type: request.target_type };
  const joined = joinedTargets(request.targets);
  const asked = [...new Set(joined.flatMap(({ checks }) => checks))];
  const definitions = await selectChecks(knownChecks(catalogues), asked, env, allotment);
  if (definitions.length === 0) return null;
  const ids = new Set(definitions.map(({ id }) => id));
  const targets = joined.map((target) => ({ ...target, checks: target.checks.filter((id) => ids.has(id)) }));
  const origins = new Set(definitions.map(({ catalogue }) => catalogue));
  const nothing: CustomValues = new Map();
  const values = await resolveAll(definitions, env, ({ id }) => custom.get(id) ?? nothing, allotment);
  return {
    ...request,
    env,
    targets,
    definitions,
    catalogues: catalogues
      .filter(({ name }) => origins.has(name))
      .map(({ name, version }) => ({ name, version })),
    values: Object.fromEntries(definitions.map(({ id }, index) => [id, values[index] ?? []])),
    excluded: await exclusions(definitions, targets, allotment, warn),
  };
}

/** The targets that are asked, each with the checks that are not excluded there; a target without one is not asked. */
export function activeTargets({ targets, excluded }: ExecutionPlan): PlannedTarget[] {
  const left = new Set(excluded.map(({ check_id, agent_id }) => `${check_id} ${agent_id}`));
  return targets
    .map((target) => ({
      ...target,
      checks: target.checks.filter((id) => !left.has(`${id} ${target.agent_id}`)),
    }))
    .filter(({ checks }) => checks.length > 0);
}

/** What a target is asked for. */
export function factRequests({ definitions }: ExecutionPlan, { checks }: PlannedTarget): FactRequest[] {
  const own = new Set(checks);
  return definitions
    .filter(({ id }) => own.has(id))
    .flatMap(({ id, facts }) => facts.map((fact) => ({ check_id: id, ...fact })));
}

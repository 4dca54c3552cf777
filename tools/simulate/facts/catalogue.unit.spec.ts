/** Our own catalogue over the simulated landscape: all is well where it should be, and what breaks is found, and only that. */
import { beforeAll, describe, expect, it } from "vitest";
import type { CheckDefinition } from "../../../checks/definition.ts";
import { evaluateAtOnce } from "../../../checks/evaluation/evaluate.ts";
import { evaluationAtOnce } from "../../../checks/evaluation/evaluation.ts";
import type { Evaluator } from "../../../checks/evaluator.ts";
import { ownCatalogue } from "../../../checks/own-catalogue.ts";
import { activeTargets, factRequests, planExecution } from "../../../checks/planning/plan.ts";
import { rhaiEvaluator } from "../../../checks/rhai-evaluator.ts";
import { loadRhaiFromDisk } from "../../../rhai-wasm/src/node.ts";
import { maintenance, sbdBroken } from "../incidents/clusters.ts";
import { tuningLost } from "../incidents/hosts.ts";
import type { Incident } from "../incidents/incident.ts";
import { fencingOff, shortToken } from "../incidents/misconfigured.ts";
import { generateLandscape, type Landscape, providers } from "../landscape.ts";
import { randomFrom } from "../random.ts";
import { checksFor, environmentOf, targetsOf } from "../selection.ts";
import { factsOf } from "./index.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

/** By the id of the group: what its people select stays, whatever happens afterwards. */
function selectionOf(landscape: Landscape): ReadonlyMap<string, string[]> {
  return new Map(targetsOf(landscape).map((group) => [group.id, checksFor(group)]));
}

/** What is found, where it is not passing: `<name of the group> <check>` and how bad it is. Also the checks that ran. */
async function findings(landscape: Landscape, selected = selectionOf(landscape)) {
  const found: Record<string, string> = {};
  const ran = new Set<string>();
  for (const group of targetsOf(landscape)) {
    const { name, type, hosts } = group;
    const checks = selected.get(group.id) ?? [];
    const plan = await planExecution(
      {
        execution_id: "e",
        group_id: name,
        target_type: type,
        env: environmentOf(group),
        targets: hosts.map((host) => ({ agent_id: host.id, checks, attributes: group.attributesOf(host) })),
      },
      [ownCatalogue],
      new Map(),
      evaluationAtOnce(evaluator),
      (warning) => expect.fail(warning),
    );
    if (plan === null) continue;
    const targets = activeTargets(plan);
    const { check_results } = evaluateAtOnce(
      {
        checks: plan.definitions,
        values: new Map(Object.entries(plan.values)),
        targets,
        facts: new Map(
          targets.map((target) => {
            const host = hosts.find(({ id }) => id === target.agent_id);
            return [target.agent_id, host === undefined ? [] : factsOf(host, factRequests(plan, target))];
          }),
        ),
        excluded: plan.excluded,
      },
      evaluator,
    );
    for (const { check_id, result } of check_results) {
      ran.add(check_id);
      if (result !== "passing") found[`${name} ${check_id}`] = result;
    }
  }
  return { found, ran };
}

const landscapeOf = (provider: (typeof providers)[number] | "mixed") =>
  generateLandscape({ hosts: 45, seed: 7, provider });

/** Hosts that are not tuned from the start. */
function untuned(landscape: Landscape): string[] {
  return landscape.hosts.filter(({ tuning }) => tuning !== "compliant").map(({ hostname }) => hostname);
}

describe("a landscape in which nothing has happened", () => {
  it.each([...providers, "mixed"] as const)(
    "on %s has nothing to find but hosts that are not tuned",
    async (provider) => {
      const landscape = landscapeOf(provider);
      const expected = untuned(landscape);
      const { found } = await findings(landscape);
      for (const [key, result] of Object.entries(found)) {
        const [name = "", check = ""] = key.split(" ");
        expect({
          key,
          result,
          isKnown: ["ED6E2B", "ED6E2D"].includes(check) && expected.includes(name),
        }).toEqual({
          key,
          result,
          isKnown: true,
        });
      }
    },
  );

  it("has every check of the catalogue run somewhere", async () => {
    const { ran } = await findings(landscapeOf("mixed"));
    expect([...ran].sort()).toStrictEqual(ownCatalogue.checks.map(({ id }: CheckDefinition) => id).sort());
  });
});

describe.each<[Incident, string[], string]>([
  [sbdBroken, ["ED6E19", "ED6E1A"], "critical"],
  [maintenance, ["ED6E0F"], "warning"],
  [fencingOff, ["ED6E0D"], "critical"],
  [shortToken, ["ED6E01"], "critical"],
  [tuningLost, ["ED6E2B", "ED6E2D"], "critical"],
])("$name", (incident, checks, worst) => {
  it("is found while it lasts, and nothing else is", async () => {
    const landscape = landscapeOf("mixed");
    const selected = selectionOf(landscape);
    const before = (await findings(landscape, selected)).found;
    // A cluster that runs nothing of SAP is not checked.
    const installations = landscape.installations.filter(
      ({ clusters }) =>
        incident === tuningLost || clusters.some(({ workload }) => workload.kind !== "storage"),
    );
    const plan = incident.plan({ installations, random: randomFrom(1), number: 0 });
    const [breaks, ...repairs] = plan?.steps ?? [];
    breaks?.change();
    const during = (await findings(landscape, selected)).found;
    const added = Object.entries(during).filter(([key]) => before[key] === undefined);
    expect([...new Set(added.map(([key]) => key.split(" ")[1]))].sort()).toStrictEqual(checks);
    expect(added.map(([, result]) => result)).toContain(worst);
    for (const repair of repairs) repair.change();
    expect((await findings(landscape, selected)).found).toStrictEqual(before);
  });
});

/** Examples of the own catalogue: `examples/<id>.yaml` says what facts a check is given, and what must come of it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { CheckDefinition } from "../definition.ts";
import { evaluateAtOnce } from "../evaluation/evaluate.ts";
import type { Evaluator } from "../evaluator.ts";
import type { CheckResult } from "../results.ts";
import { resolveValues } from "../selection/values.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const exampleSchema = z.strictObject({
  name: z.string(),
  env: z.record(z.string(), scalar).default({}),
  /** What the group has set for itself. */
  custom: z.record(z.string(), scalar).default({}),
  /** By the name of a target: the facts that it answers with. */
  targets: z.record(z.string(), z.record(z.string(), z.json())),
  result: z.enum(["passing", "warning", "critical"]),
  /** Each is part of a message. */
  messages: z.array(z.string()).default([]),
});
export type Example = z.infer<typeof exampleSchema>;

const folder = import.meta.dirname;

export function yamlFiles(): { name: string; content: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => ({ name, content: readFileSync(join(folder, name), "utf8") }));
}

export function examplesOf(id: string): Example[] {
  return z.array(exampleSchema).parse(parse(readFileSync(join(folder, "examples", `${id}.yaml`), "utf8")));
}

export function exampleFiles(): string[] {
  return readdirSync(join(folder, "examples"));
}

export function evaluate(check: CheckDefinition, example: Example, evaluator: Evaluator): CheckResult {
  const { env, custom, targets } = example;
  const { check_results } = evaluateAtOnce(
    {
      checks: [check],
      values: new Map([[check.id, resolveValues(check, env, new Map(Object.entries(custom)), evaluator)]]),
      targets: Object.keys(targets).map((agent_id) => ({ agent_id, checks: [check.id] })),
      facts: new Map(
        Object.entries(targets).map(([agent, facts]) => [
          agent,
          Object.entries(facts).map(([name, value]) => ({ check_id: check.id, name, value })),
        ]),
      ),
      excluded: [],
    },
    evaluator,
  );
  const [result] = check_results;
  if (result === undefined) throw new Error(`${check.id} has no result`);
  return result;
}

/** All that is said about what is not met. */
export function messagesOf({ expectation_results, agents_check_results }: CheckResult): string[] {
  const evaluations = agents_check_results.flatMap((one) =>
    "expectation_evaluations" in one ? one.expectation_evaluations : [],
  );
  return [...expectation_results, ...evaluations].flatMap((one) =>
    "failure_message" in one && one.failure_message !== null ? [one.failure_message] : [],
  );
}

/** What a check is tried on: the facts of an execution, or pasted ones. */
import { z } from "zod";
import type { CheckDefinition } from "../../../checks/definition.ts";
import type { ExecutionDetails } from "../api/executions.ts";
import type { Material, Told } from "./trial.ts";

/**
 * The facts of an execution under the names that a check gives them: what was gathered in the same way for any check serves.
 * A fact that nobody asked for in that execution is missing.
 */
export function materialOf(
  check: CheckDefinition,
  details: ExecutionDetails,
  nameOf: (id: string) => string,
): Material {
  const ways = new Map(
    details.definitions.flatMap(({ id, facts }) =>
      facts.map(
        ({ name, gatherer, argument }) => [JSON.stringify([id, name]), `${gatherer} ${argument}`] as const,
      ),
    ),
  );
  const byAgent = new Map(details.facts.map(({ agent_id, facts }) => [agent_id, facts]));
  return {
    env: details.env,
    hosts: details.targets.map(({ agent_id, attributes }) => {
      const told = byAgent.get(agent_id) ?? [];
      const found = check.facts.flatMap(({ name, gatherer, argument }): [string, Told][] => {
        const wanted = `${gatherer} ${argument}`;
        const fact =
          told.find(
            (one) =>
              one.check_id === check.id &&
              one.name === name &&
              ways.get(JSON.stringify([one.check_id, one.name])) === wanted,
          ) ?? told.find((one) => ways.get(JSON.stringify([one.check_id, one.name])) === wanted);
        if (fact === undefined) return [];
        return [[name, "error" in fact ? { error: fact.error } : { value: fact.value }]];
      });
      return { name: nameOf(agent_id), attributes, facts: Object.fromEntries(found) };
    }),
  };
}

const pastedSchema = z.strictObject({
  env: z.record(z.string(), z.json()).default({}),
  hosts: z.record(z.string(), z.record(z.string(), z.json())),
});

export const samplePaste = `{
  "env": { "provider": "azure", "target_type": "cluster" },
  "hosts": {
    "node1": { "token": 30000 },
    "node2": { "token": 5000 }
  }
}`;

/** Facts by host and name. @returns what is wrong with the text, in words */
export function readPasted(text: string): { readonly material: Material } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : error}` };
  }
  const parsed = pastedSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      problem: `${issue?.path.join(".") || "The whole"}: ${issue?.message ?? "is not as it should be"}`,
    };
  }
  const { env, hosts } = parsed.data;
  return {
    material: {
      env,
      hosts: Object.entries(hosts).map(([name, facts]) => ({
        name,
        attributes: {},
        facts: Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, { value }])),
      })),
    },
  };
}

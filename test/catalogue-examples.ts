/** The examples of our own catalogue as executions, for specs on workerd, which read no files. */
import { parse } from "yaml";
import { z } from "zod";
import type { ExecutionInput } from "../checks/evaluation/evaluate.ts";
import { ownCatalogue } from "../checks/own-catalogue.ts";

const texts: Readonly<Record<string, string>> = import.meta.glob("../checks/catalog/examples/*.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});

const examples = z.array(
  z.looseObject({ name: z.string(), targets: z.record(z.string(), z.record(z.string(), z.json())) }),
);

/** Values are the defaults. */
export function exampleExecutions(): ExecutionInput[] {
  return Object.entries(texts).flatMap(([path, text]) => {
    const check = ownCatalogue.checks.find(({ id }) => path.endsWith(`/${id}.yaml`));
    if (check === undefined) throw new Error(`there is no check for ${path}`);
    const values = check.values.map(({ name, default: value }) => ({ name, value, customized: false }));
    return examples.parse(parse(text)).map(({ targets }) => ({
      checks: [check],
      values: new Map([[check.id, values]]),
      targets: Object.keys(targets).map((agent_id) => ({ agent_id, checks: [check.id] })),
      facts: new Map(
        Object.entries(targets).map(([agent, facts]) => [
          agent,
          Object.entries(facts).map(([name, value]) => ({ check_id: check.id, name, value })),
        ]),
      ),
      excluded: [],
    }));
  });
}

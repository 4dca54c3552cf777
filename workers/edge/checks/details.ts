/** All that is kept of an execution, for those who look into it. */
import { createRoute, z } from "@hono/zod-openapi";
import type { Fact } from "../../../checks/facts.ts";
import type { CheckResult } from "../../../checks/results.ts";
import { executionStub } from "../../../durable-objects/streams.ts";
import { readExecution } from "../../read-models/execution-views.ts";
import { answer, byToken, idParam, invalid, notFound, unauthorized } from "../answers.ts";
import { errorsOf } from "../errors.ts";
import { requireUser } from "../guards.ts";
import { newRouter } from "../router.ts";

/** Of the forms of `checks/`: they came through schemas when they were kept, and are not walked through again. */
const object = z.any().openapi({ type: "object" });

const schema = z
  .object({
    execution_id: z.guid(),
    group_id: z.guid(),
    target_type: z.string(),
    status: z.enum(["running", "completed"]),
    env: object,
    catalogues: z.array(z.object({ name: z.string(), version: z.string() })),
    definitions: z.array(object),
    values: z.record(z.string(), z.array(object)),
    targets: z.array(z.object({ agent_id: z.string(), checks: z.array(z.string()), attributes: object })),
    facts: z.array(z.object({ agent_id: z.string(), facts: z.array(object) })),
    check_results: z.array(object).nullable(),
  })
  .openapi("ExecutionDetails");

const route = createRoute({
  method: "get",
  path: "/api/v1/checks/executions/{id}/details",
  tags: ["Checks"],
  security: byToken,
  middleware: [requireUser()],
  request: { params: z.object({ id: idParam("id") }) },
  responses: {
    200: answer("The checks as they were, with their catalogues, values, facts and results", schema),
    ...unauthorized,
    ...notFound,
    ...invalid,
  },
});

/** The facts that results were drawn from, by agent, as the agents told them. */
function factsOf(results: readonly CheckResult[]): { agent_id: string; facts: Fact[] }[] {
  const byAgent = new Map<string, Fact[]>();
  for (const { agents_check_results } of results) {
    for (const { agent_id, facts } of agents_check_results) {
      const own = byAgent.get(agent_id) ?? [];
      byAgent.set(agent_id, own);
      for (const { check_id, name, ...rest } of facts ?? [])
        own.push("value" in rest ? { check_id, name, value: rest.value } : { check_id, name, error: rest });
    }
  }
  return [...byAgent].map(([agent_id, facts]) => ({ agent_id, facts }));
}

export const executionDetails = newRouter().openapi(route, async (c) => {
  const { id } = c.req.valid("param");
  const view = await readExecution(c.env, id);
  const details = view ? await executionStub(c.env, id).details() : null;
  if (!view || details === null) return c.json(errorsOf(404, "The requested resource was not found."), 404);
  const { plan, check_results } = details;
  const { execution_id, group_id, target_type, env, catalogues, definitions, values, targets } = plan;
  const shown = schema.parse({
    execution_id,
    group_id,
    target_type,
    status: view.status,
    env,
    catalogues,
    definitions,
    values,
    targets,
    facts: factsOf(check_results ?? []),
    check_results,
  });
  return c.json(shown, 200);
});

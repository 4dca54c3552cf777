/** The checks that concern a target. */
import { createRoute, z } from "@hono/zod-openapi";
import { allowanceOfSelection } from "../../../checks/allowance.ts";
import { Allotment } from "../../../checks/evaluation/allotment.ts";
import { knownChecks } from "../../../checks/planning/plan.ts";
import { concerning, type Environment } from "../../../checks/selection/applies.ts";
import { readCatalogues } from "../../../durable-objects/checks-group/catalogues.ts";
import { evaluationOf } from "../../../durable-objects/evaluation/index.ts";
import type { Bindings } from "../../bindings.ts";
import { answer, byToken, invalid, unauthorized } from "../answers.ts";
import { invalidFields } from "../errors.ts";
import { requireUser } from "../guards.ts";
import { newRouter } from "../router.ts";
import { checkSchema, oldCheckSchema, toCheck, toOldCheck } from "./check-json.ts";
import { ambiguousKeys, environmentOf } from "./environment.ts";

export const environmentQuery = z
  .looseObject({})
  .openapi({ description: "What is known of the target, as `provider=azure`; nothing asks for all" });

function routeFor<S extends z.ZodType>(version: 1 | 2 | 3, item: S) {
  return createRoute({
    method: "get",
    path: `/api/v${version}/checks/catalog`,
    tags: ["Checks"],
    security: byToken,
    middleware: [requireUser()],
    request: { query: environmentQuery },
    responses: {
      200: answer("The checks that concern the target", z.object({ items: z.array(item) })),
      ...unauthorized,
      ...invalid,
    },
  });
}

/** What filtering may take, and what is made of the checks that are left. */
export function allotmentOf(bindings: Bindings): Allotment {
  return new Allotment(evaluationOf(bindings), allowanceOfSelection);
}

export async function checksFor(bindings: Bindings, env: Environment, allotment = allotmentOf(bindings)) {
  return concerning(knownChecks(await readCatalogues(bindings.DB)), env, allotment);
}

export const catalog = newRouter()
  .openapi(routeFor(1, oldCheckSchema), async (c) => {
    const query = c.req.queries();
    const issues = ambiguousKeys(query);
    if (issues.length > 0) return c.json(invalidFields(issues), 422);
    return c.json({ items: (await checksFor(c.env, environmentOf(query))).map(toOldCheck) }, 200);
  })
  .openapi(routeFor(2, oldCheckSchema), async (c) =>
    c.json({ items: (await checksFor(c.env, environmentOf(c.req.queries()))).map(toOldCheck) }, 200),
  )
  .openapi(routeFor(3, checkSchema), async (c) =>
    c.json({ items: (await checksFor(c.env, environmentOf(c.req.queries()))).map(toCheck) }, 200),
  );

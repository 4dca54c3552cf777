/** Executions: what was found, and starting one as somebody describes it. */
import { createRoute, z } from "@hono/zod-openapi";
import { checksGroupStub } from "../../../durable-objects/checks-group.ts";
import { databaseOf } from "../../read-models/database.ts";
import { readExecution, readHistory, readLast } from "../../read-models/execution-views.ts";
import { answer, byToken, idParam, invalid, malformed, notFound, unauthorized } from "../answers.ts";
import { errorsOf } from "../errors.ts";
import { requireUser } from "../guards.ts";
import { newRouter } from "../router.ts";
import { type ApiVersion, executionJson, executionSchema } from "./execution-json.ts";

const NOT_FOUND = "The requested resource was not found.";
const MOST_PER_PAGE = 100;

const id = z.guid("has invalid format").toLowerCase();
/** What a target may be said to be: no map, no null and no fraction, as with Wanda. */
const plain = z.union([z.string().max(10_000), z.int(), z.boolean()]);
const environmentValue = z.union([plain, z.array(plain).max(1_000)]);
const startBody = z
  .strictObject({
    execution_id: id,
    group_id: id,
    targets: z
      .array(z.strictObject({ agent_id: id, checks: z.array(z.string().max(256)).max(5_000) }))
      .max(1_000),
    target_type: z.string().max(256).default("cluster"),
    env: z.record(z.string(), environmentValue).default({}),
  })
  .openapi("StartExecution");

function routesFor(version: ApiVersion) {
  const common = { tags: ["Checks"], security: byToken, middleware: [requireUser()] };
  const path = `/api/v${version}/checks`;
  return {
    list: createRoute({
      ...common,
      method: "get",
      path: `${path}/executions`,
      request: {
        query: z.object({
          group_id: id.optional(),
          page: z.coerce.number().int().min(1).max(1_000_000).default(1),
          items_per_page: z.coerce.number().int().min(1).max(MOST_PER_PAGE).default(10),
        }),
      },
      responses: {
        200: answer(
          "Executions, the last started first",
          z.object({ items: z.array(executionSchema), total_count: z.int() }),
        ),
        ...unauthorized,
        ...invalid,
      },
    }),
    one: createRoute({
      ...common,
      method: "get",
      path: `${path}/executions/{id}`,
      request: { params: z.object({ id: idParam("id") }) },
      responses: { 200: answer("The execution", executionSchema), ...unauthorized, ...notFound, ...invalid },
    }),
    last: createRoute({
      ...common,
      method: "get",
      path: `${path}/groups/{id}/executions/last`,
      request: { params: z.object({ id: idParam("id") }) },
      responses: {
        200: answer("The execution of the group that was started last", executionSchema),
        ...unauthorized,
        ...notFound,
        ...invalid,
      },
    }),
    start: createRoute({
      ...common,
      method: "post",
      path: `${path}/executions/start`,
      request: { body: { required: true, content: { "application/json": { schema: startBody } } } },
      responses: {
        202: answer("Started", z.object({ execution_id: z.guid(), group_id: z.guid() })),
        ...unauthorized,
        ...invalid,
        ...malformed,
      },
    }),
  };
}

export const startRefusals = {
  no_checks_selected: "No checks were selected.",
  already_running: "Execution already running.",
  started_before: "An execution of this id was started before.",
  too_large: "The targets and their checks are too many.",
};

export const executions = newRouter();

for (const version of [1, 2] as const) {
  const { list, one, last, start } = routesFor(version);
  executions
    .openapi(list, async (c) => {
      const { group_id, page, items_per_page: limit } = c.req.valid("query");
      const { items, total } = await readHistory(databaseOf(c.env), group_id, {
        offset: (page - 1) * limit,
        limit,
      });
      const shown = await Promise.all(items.map((view) => executionJson(c.env, view, version)));
      return c.json({ items: shown, total_count: total }, 200);
    })
    .openapi(last, async (c) => {
      const view = await readLast(c.env, c.req.valid("param").id);
      if (view === null) return c.json(errorsOf(404, NOT_FOUND), 404);
      return c.json(await executionJson(c.env, view, version), 200);
    })
    .openapi(start, async (c) => {
      const { execution_id, group_id, targets, target_type, env } = c.req.valid("json");
      const outcome = await checksGroupStub(c.env, group_id).start({
        execution_id,
        group_id,
        target_type,
        env,
        targets: targets.map((target) => ({ ...target, attributes: {} })),
      });
      if (outcome === "started") return c.json({ execution_id, group_id }, 202);
      return c.json(errorsOf(422, startRefusals[outcome]), 422);
    })
    .openapi(one, async (c) => {
      const { id: executionId } = c.req.valid("param");
      const view = await readExecution(c.env, executionId);
      if (view === null) return c.json(errorsOf(404, NOT_FOUND), 404);
      return c.json(await executionJson(c.env, view, version), 200);
    });
}

/** What checks run on, and running them now. */
import { createRoute, z } from "@hono/zod-openapi";
import { obstacleOf, obstacles } from "../../../durable-objects/checks-group/obstacles.ts";
import { readTarget, type TargetType, targetTypes } from "../../../durable-objects/checks-group/target.ts";
import { checksGroupStub, checksInterval } from "../../../durable-objects/checks-group.ts";
import { idOf, logged } from "../activity.ts";
import {
  answer,
  anyJson,
  byToken,
  emptyAnswer,
  forbidden,
  idParam,
  invalid,
  notFound,
  unauthorized,
} from "../answers.ts";
import { errorsOf } from "../errors.ts";
import { requireUser } from "../guards.ts";
import { newRouter } from "../router.ts";

const NOT_FOUND = "The requested resource cannot be found.";

const target = z
  .object({
    group_id: z.guid(),
    target_type: z.enum(targetTypes),
    env: z
      .record(z.string(), z.string())
      .nullable()
      .openapi({ description: "What checks are told; null where none are run, as on a cluster without SAP" }),
    targets: z.array(
      z.object({
        agent_id: z.guid(),
        hostname: z.string(),
        attributes: z.record(z.string(), anyJson()),
      }),
    ),
    interval: z
      .number()
      .nullable()
      .openapi({ description: "Seconds between two executions; null: none starts by itself" }),
    not_run_because: z.string().nullable().openapi({
      description: "Why no checks run here now, in words; null where nothing is seen in the way",
    }),
  })
  .openapi("ChecksTarget");

function routesFor(type: TargetType) {
  const path = `/api/v1/${type}s/{id}/checks`;
  const request = { params: z.object({ id: idParam("id") }) };
  return {
    read: createRoute({
      method: "get",
      path: `${path}/target`,
      tags: ["Checks"],
      security: byToken,
      middleware: [requireUser()],
      request,
      responses: { 200: answer("What checks run on", target), ...unauthorized, ...notFound, ...invalid },
    }),
    run: createRoute({
      method: "post",
      path: `${path}/request_execution`,
      tags: ["Checks"],
      security: byToken,
      middleware: [
        requireUser({ name: "all", resource: `${type}_checks_execution` }),
        logged({
          type: `${type}_checks_execution_request`,
          statuses: [202],
          metadata: (c) => ({ [`${type}_id`]: idOf(c) }),
        }),
      ],
      request,
      responses: {
        202: answer("The selected checks run, now or when those that run have ended", emptyAnswer),
        ...unauthorized,
        ...forbidden,
        ...notFound,
        ...invalid,
      },
    }),
  };
}

export const checksTargets = newRouter();

for (const type of targetTypes) {
  const { read, run } = routesFor(type);
  checksTargets
    .openapi(read, async (c) => {
      const { id } = c.req.valid("param");
      const found = await readTarget(c.env, { type, id });
      if (found === null) return c.json(errorsOf(404, NOT_FOUND), 404);
      const targets = found.hosts.map(({ agent_id, hostname, attributes }) => ({
        agent_id,
        hostname,
        attributes: z.record(z.string(), z.json()).parse(attributes),
      }));
      const interval = checksInterval(c.env) || null;
      const env = found.env === null ? null : { ...found.env };
      const obstacle = obstacleOf(found);
      const not_run_because = obstacle === null ? null : obstacles[obstacle];
      return c.json({ group_id: id, target_type: type, env, targets, interval, not_run_because }, 200);
    })
    .openapi(run, async (c) => {
      const { id } = c.req.valid("param");
      const outcome = await checksGroupStub(c.env, id).request({ type, id });
      switch (outcome) {
        case "requested":
          return c.json({}, 202);
        case "not_found":
          return c.json(errorsOf(404, NOT_FOUND), 404);
        case "nothing_selected":
        case "environment_unknown":
        case "no_hosts":
        case "none_concern":
          return c.json(errorsOf(422, obstacles[outcome]), 422);
        default:
          return c.json(errorsOf(422, "The selection is too large."), 422);
      }
    });
}

/** Which checks are run on a host or a cluster. */
import { createRoute, z } from "@hono/zod-openapi";
import { type AggregateCommand, execute } from "../../durable-objects/streams.ts";
import { bodyOf, idOf, logged } from "./activity.ts";
import {
  answer,
  byToken,
  emptyAnswer,
  forbidden,
  idParam,
  invalid,
  malformed,
  notFound,
  unauthorized,
} from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";
import { unlessMissing } from "./validation.ts";

/** Catalogues hold some hundreds of checks. */
const MAX_CHECKS = 5_000;

const selection = z
  .strictObject({
    checks: z
      .array(
        z.string(unlessMissing("is invalid")).max(256, "should be at most 256 characters"),
        unlessMissing("is invalid"),
      )
      .max(MAX_CHECKS, `should have at most ${MAX_CHECKS} items`),
  })
  .openapi("ChecksSelection");

const kinds = {
  hosts: {
    target: "host",
    ability: "host_checks_selection",
    command: (host_id: string, checks: readonly string[]): AggregateCommand => ({
      type: "SelectHostChecks",
      data: { host_id, checks },
    }),
  },
  clusters: {
    target: "cluster",
    ability: "cluster_checks_selection",
    command: (cluster_id: string, checks: readonly string[]): AggregateCommand => ({
      type: "SelectChecks",
      data: { cluster_id, checks },
    }),
  },
};

function routeFor(kind: keyof typeof kinds) {
  return createRoute({
    method: "post",
    path: `/api/v1/${kind}/{id}/checks`,
    tags: ["Checks"],
    security: byToken,
    middleware: [
      requireUser({ name: "all", resource: kinds[kind].ability }),
      logged({
        type: `${kinds[kind].target}_checks_selected`,
        statuses: [202],
        metadata: async (c) => ({
          [`${kinds[kind].target}_id`]: idOf(c),
          checks: (await bodyOf(c)).checks,
          correlation_id: c.get("correlationId"),
        }),
      }),
    ],
    request: {
      params: z.object({ id: idParam("id") }),
      body: { required: true, content: { "application/json": { schema: selection } } },
    },
    responses: {
      202: answer("Selected", emptyAnswer),
      ...unauthorized,
      ...forbidden,
      ...notFound,
      ...invalid,
      ...malformed,
    },
  });
}

export const checksSelection = newRouter();

for (const kind of ["hosts", "clusters"] as const) {
  checksSelection.openapi(routeFor(kind), async (c) => {
    const { id } = c.req.valid("param");
    const { checks } = c.req.valid("json");
    const correlationId = c.get("correlationId");
    const outcome = await execute(c.env, kinds[kind].command(id, checks), {
      commandId: correlationId,
      metadata: { correlationId, causationId: null, actor: `user:${c.get("user").id}` },
    });
    if (outcome.status === "too_large") {
      return c.json(errorsOf(422, "The selection is too large."), 422);
    }
    if (outcome.status !== "accepted") {
      return c.json(errorsOf(404, "The requested resource cannot be found."), 404);
    }
    return c.json({}, 202);
  });
}

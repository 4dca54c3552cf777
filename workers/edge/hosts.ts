/** Hosts: the list, and the clean-up of one that stopped reporting. */
import { createRoute, z } from "@hono/zod-openapi";
import { hostViewSchema } from "../../domain/host/view.ts";
import { allWatchStubs, watchStub } from "../../durable-objects/heartbeat-watch/shards.ts";
import { hostStub } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { readHosts } from "../read-models/host-views.ts";
import { idOf, logged } from "./activity.ts";
import { answer, byToken, forbidden, idParam, invalid, notFound, unauthorized } from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/hosts",
  tags: ["Hosts"],
  security: byToken,
  middleware: [requireUser()],
  responses: {
    200: answer("All registered hosts, ordered by name", z.array(hostViewSchema.openapi("Host"))),
    ...unauthorized,
  },
});

const remove = createRoute({
  method: "delete",
  path: "/api/v1/hosts/{id}",
  tags: ["Hosts"],
  security: byToken,
  middleware: [
    requireUser({ name: "cleanup", resource: "host" }),
    logged({
      type: "host_cleanup_requested",
      statuses: [204],
      metadata: (c) => ({ host_id: idOf(c), correlation_id: c.get("correlationId") }),
    }),
  ],
  request: { params: z.object({ id: idParam("id") }) },
  responses: {
    204: { description: "Deregistration requested" },
    ...unauthorized,
    ...forbidden,
    ...notFound,
    ...invalid,
  },
});

/** Times of heartbeats are known to the watch alone. */
async function lastHeartbeats(env: Bindings): Promise<Record<string, number>> {
  const seen = await Promise.all(allWatchStubs(env).map((shard) => shard.seen()));
  return Object.assign({}, ...seen);
}

export const hosts = newRouter()
  .openapi(list, async (c) => {
    const [found, seen] = await Promise.all([readHosts(databaseOf(c.env)), lastHeartbeats(c.env)]);
    const views = [...found.values()].flatMap(({ view }) => {
      if (view === null) return [];
      const at = seen[view.id];
      return [{ ...view, last_heartbeat_timestamp: at === undefined ? null : new Date(at).toISOString() }];
    });
    return c.json(views, 200);
  })
  .openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    // It would register again at once.
    if (await watchStub(c.env, id).isAlive(id)) {
      return c.json(errorsOf(422, "Requested operation not allowed for live hosts."), 422);
    }
    const outcome = await hostStub(c.env, id).execute({
      stream: { type: "host", id },
      command: {
        type: "RequestHostDeregistration",
        data: { host_id: id, requested_at: new Date().toISOString() },
      },
      commandId: c.get("correlationId"),
      metadata: {
        correlationId: c.get("correlationId"),
        causationId: null,
        actor: `user:${c.get("user").id}`,
      },
    });
    if (outcome.status !== "accepted")
      return c.json(errorsOf(404, "The requested resource cannot be found."), 404);
    return c.body(null, 204);
  });

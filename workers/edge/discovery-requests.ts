/** Asks an agent to discover something at once, instead of at its next round. */
import { createRoute, z } from "@hono/zod-openapi";
import { discoveryTypeSchema } from "../../domain/discovery/envelope.ts";
import { DISCOVERY_WAITS, tellRelays, toRelay } from "../../durable-objects/relays.ts";
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

const route = createRoute({
  method: "post",
  path: "/api/v1/hosts/{id}/discovery_requests",
  tags: ["Hosts"],
  security: byToken,
  middleware: [requireUser({ name: "all", resource: "discovery_requests" })],
  request: {
    params: z.object({ id: idParam("id") }),
    body: {
      required: true,
      content: { "application/json": { schema: z.strictObject({ discovery_type: discoveryTypeSchema }) } },
    },
  },
  responses: {
    202: answer("The agent is asked, or will be when it comes within five minutes", emptyAnswer),
    ...unauthorized,
    ...forbidden,
    ...notFound,
    ...invalid,
    ...malformed,
  },
});

export const discoveryRequests = newRouter().openapi(route, async (c) => {
  const { id } = c.req.valid("param");
  const { discovery_type } = c.req.valid("json");
  const host = await c.env.DB.prepare("SELECT id FROM hosts WHERE id = ? AND deregistered_at IS NULL")
    .bind(id)
    .first();
  if (host === null) return c.json(errorsOf(404, "The requested resource cannot be found."), 404);
  const message = { type: "DiscoveryRequested" as const, discovery_type, targets: [id] };
  await Promise.all([
    c.env.AGENT.getByName(id).askForDiscovery(discovery_type),
    tellRelays(c.env, [toRelay(crypto.randomUUID(), message, DISCOVERY_WAITS)]),
  ]);
  return c.json({}, 202);
});

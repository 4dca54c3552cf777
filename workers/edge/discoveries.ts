/** What became of an agent's discoveries: the last of each type, and those that failed. Not part of Trento's API. */
import { createRoute, z } from "@hono/zod-openapi";
import { answer, byToken, idParam, invalid, notFound, unauthorized } from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const discoveries = z
  .object({
    latest: z.array(
      z.object({
        discovery_type: z.string(),
        received_at: z.string(),
        state: z.enum(["dispatching", "accepted", "parked", "delayed", "failed"]),
        reason: z
          .string()
          .nullable()
          .openapi({ description: "What a parked one waits for, or why it is delayed or failed" }),
      }),
    ),
    failures: z.array(
      z.object({ id: z.guid(), discovery_type: z.string(), received_at: z.string(), reason: z.unknown() }),
    ),
  })
  .openapi("AgentDiscoveries");

const list = createRoute({
  method: "get",
  path: "/api/v1/agents/{id}/discoveries",
  tags: ["Agents"],
  security: byToken,
  middleware: [requireUser()],
  request: { params: z.object({ id: idParam("id") }) },
  responses: {
    200: answer("What became of an agent's discoveries", discoveries),
    ...unauthorized,
    ...invalid,
  },
});

const failure = createRoute({
  method: "get",
  path: "/api/v1/agents/{id}/discoveries/failures/{failure_id}",
  tags: ["Agents"],
  security: byToken,
  middleware: [requireUser()],
  request: { params: z.object({ id: idParam("id"), failure_id: idParam("failure_id") }) },
  responses: {
    200: answer("The discovery that failed, as it came", z.unknown()),
    ...unauthorized,
    ...notFound,
    ...invalid,
  },
});

export const agentDiscoveries = newRouter()
  .openapi(list, async (c) => {
    const { latest, failures } = await c.env.AGENT.getByName(c.req.valid("param").id).discoveries();
    const body: z.infer<typeof discoveries> = {
      latest: latest.map(({ type, receivedAt, state, reason }) => ({
        discovery_type: type,
        received_at: receivedAt,
        state,
        reason,
      })),
      failures: failures.map(({ id, type, receivedAt, reason }) => ({
        id,
        discovery_type: type,
        received_at: receivedAt,
        reason: JSON.parse(reason),
      })),
    };
    return c.json(body, 200);
  })
  .openapi(failure, async (c) => {
    const { id, failure_id } = c.req.valid("param");
    const body = await c.env.AGENT.getByName(id).failureBody(failure_id);
    if (body === null) return c.json(errorsOf(404, "The requested resource cannot be found."), 404);
    return c.json(JSON.parse(body), 200);
  });

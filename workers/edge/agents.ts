/** Agents some of whose discoveries are not in force. Not part of Trento's API. */
import { createRoute, z } from "@hono/zod-openapi";
import { agentViewSchema } from "../../domain/agent/view.ts";
import { readAgents } from "../read-models/agent-views.ts";
import { databaseOf } from "../read-models/database.ts";
import { present } from "../read-models/viewed.ts";
import { idOf, logged } from "./activity.ts";
import { answer, byToken, forbidden, idParam, invalid, unauthorized } from "./answers.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/agents",
  tags: ["Agents"],
  security: byToken,
  middleware: [requireUser()],
  responses: {
    200: answer(
      "Agents some of whose discoveries are refused, parked or delayed, with why and since when",
      z.array(agentViewSchema.openapi("Agent")),
    ),
    ...unauthorized,
  },
});

const dismiss = createRoute({
  method: "delete",
  path: "/api/v1/agents/{id}/discoveries",
  tags: ["Agents"],
  security: byToken,
  middleware: [
    requireUser({ name: "cleanup", resource: "host" }),
    logged({
      type: "discoveries_dismissed",
      statuses: [204],
      metadata: (c) => ({ host_id: idOf(c), correlation_id: c.get("correlationId") }),
    }),
  ],
  request: { params: z.object({ id: idParam("id") }) },
  responses: {
    204: { description: "Nothing is open of the agent, until it sends again what is not in force" },
    ...unauthorized,
    ...forbidden,
    ...invalid,
  },
});

export const agents = newRouter()
  .openapi(list, async (c) => c.json(present(await readAgents(databaseOf(c.env))), 200))
  .openapi(dismiss, async (c) => {
    const { id } = c.req.valid("param");
    await c.env.AGENT.getByName(id).dismiss(id, c.get("correlationId"), `user:${c.get("user").id}`);
    return c.body(null, 204);
  });

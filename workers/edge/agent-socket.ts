/** Where agents open their sockets. */
import { createRoute, z } from "@hono/zod-openapi";
import { AGENT_HEADER } from "../../durable-objects/agent.ts";
import { answer, byApiKey, idParam, invalid, unauthorized } from "./answers.ts";
import { errorsOf, errorsSchema } from "./errors.ts";
import { requireApiKey } from "./guards.ts";
import { newRouter } from "./router.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/agents/{id}/socket",
  tags: ["Agents"],
  description: "A WebSocket on which the agent is asked for facts and discoveries (docs/api.md).",
  security: byApiKey,
  middleware: [requireApiKey],
  request: { params: z.object({ id: idParam("id") }) },
  responses: {
    101: { description: "The socket is open" },
    ...unauthorized,
    ...invalid,
    426: answer("The request opens no WebSocket", errorsSchema),
  },
});

export const agentSocket = newRouter().openapi(route, (c) => {
  if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
    c.header("Upgrade", "websocket");
    return c.json(errorsOf(426, "This is a WebSocket."), 426);
  }
  const { id } = c.req.valid("param");
  const request = new Request(c.req.raw);
  request.headers.set(AGENT_HEADER, id);
  return c.env.AGENT.getByName(id).fetch(request);
});

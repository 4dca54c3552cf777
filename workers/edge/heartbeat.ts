/** Where agents say that they are alive. */
import { createRoute, z } from "@hono/zod-openapi";
import { shardCount, watchStub } from "../../durable-objects/heartbeat-watch/shards.ts";
import { byApiKey, idParam, invalid, notFound, unauthorized } from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireApiKey } from "./guards.ts";
import { newRouter } from "./router.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/hosts/{id}/heartbeat",
  tags: ["Agents"],
  security: byApiKey,
  middleware: [requireApiKey],
  request: { params: z.object({ id: idParam("id") }) },
  responses: { 204: { description: "Heard" }, ...unauthorized, ...notFound, ...invalid },
});

export const heartbeat = newRouter().openapi(route, async (c) => {
  const { id } = c.req.valid("param");
  const known = await watchStub(c.env, id).beat(id, shardCount(c.env));
  return known ? c.body(null, 204) : c.json(errorsOf(404, "The host is not registered."), 404);
});

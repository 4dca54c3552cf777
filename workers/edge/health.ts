/** For those who watch this server. */
import { createRoute, z } from "@hono/zod-openapi";
import { answer } from "./answers.ts";
import { newRouter } from "./router.ts";

const healthz = createRoute({
  method: "get",
  path: "/api/healthz",
  tags: ["Health"],
  responses: {
    200: answer("The database answers", z.object({ database: z.literal("pass") }).openapi("Healthy")),
    500: answer(
      "The database does not answer",
      z.object({ database: z.literal("fail") }).openapi("Unhealthy"),
    ),
  },
});

const readyz = createRoute({
  method: "get",
  path: "/api/readyz",
  tags: ["Health"],
  responses: { 200: answer("Ready", z.object({ ready: z.literal(true) }).openapi("Ready")) },
});

export const health = newRouter()
  .openapi(healthz, async (c) => {
    try {
      await c.env.DB.prepare("SELECT 1 FROM hosts LIMIT 1").all();
      return c.json({ database: "pass" as const }, 200);
    } catch (error) {
      console.error("the database does not answer", error);
      return c.json({ database: "fail" as const }, 500);
    }
  })
  .openapi(readyz, (c) => c.json({ ready: true as const }, 200));

/** For those who watch this server. */
import { createRoute, z } from "@hono/zod-openapi";
import { errorLines } from "../../durable-objects/error-lines.ts";
import { answer } from "./answers.ts";
import { errorsOf, errorsSchema } from "./errors.ts";
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
  responses: {
    200: answer("Ready", z.object({ ready: z.literal(true) }).openapi("Ready")),
    503: answer("Not ready yet, as before the tables are made", errorsSchema),
  },
});

export const health = newRouter()
  .openapi(healthz, async (c) => {
    try {
      await c.env.DB.prepare("SELECT 1 FROM hosts LIMIT 1").all();
      return c.json({ database: "pass" as const }, 200);
    } catch (error) {
      errorLines.tell("the database does not answer", error);
      return c.json({ database: "fail" as const }, 500);
    }
  })
  .openapi(readyz, async (c) => {
    try {
      // What the first request of a person and that of an agent need.
      await c.env.DB.prepare(
        "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM api_key_settings)",
      ).all();
      return c.json({ ready: true as const }, 200);
    } catch (error) {
      errorLines.tell("not ready", error);
      c.header("Retry-After", "1");
      return c.json(errorsOf(503, "The tables are not there yet. Try again later."), 503);
    }
  });

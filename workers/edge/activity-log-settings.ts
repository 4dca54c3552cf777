/** Settings: how long the activity log is kept. */
import { createRoute, z } from "@hono/zod-openapi";
import { retentionTimeSchema } from "../../domain/activity-log/retention.ts";
import { databaseOf } from "../read-models/database.ts";
import { readRetentionTime, writeRetentionTime } from "../read-models/retention-time.ts";
import { bodyOf, logged } from "./activity.ts";
import { answer, byToken, forbidden, invalid, malformed, unauthorized } from "./answers.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const schema = z.strictObject({ retention_time: retentionTimeSchema }).openapi("ActivityLogSettings");
const path = "/api/v1/settings/activity_log";

const read = createRoute({
  method: "get",
  path,
  tags: ["Settings"],
  security: byToken,
  middleware: [requireUser()],
  responses: { 200: answer("How long entries are kept", schema), ...unauthorized },
});

const change = createRoute({
  method: "put",
  path,
  tags: ["Settings"],
  security: byToken,
  middleware: [
    requireUser({ name: "all", resource: "activity_logs_settings" }),
    logged({ type: "activity_log_settings_update", statuses: [200], metadata: bodyOf }),
  ],
  request: { body: { required: true, content: { "application/json": { schema } } } },
  responses: {
    200: answer("What is in force now", schema),
    ...unauthorized,
    ...forbidden,
    ...invalid,
    ...malformed,
  },
});

export const activityLogSettings = newRouter()
  .openapi(read, async (c) => c.json({ retention_time: await readRetentionTime(databaseOf(c.env)) }, 200))
  .openapi(change, async (c) => {
    const { retention_time } = c.req.valid("json");
    await writeRetentionTime(databaseOf(c.env), retention_time);
    return c.json({ retention_time }, 200);
  });

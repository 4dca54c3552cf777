/** SAP systems and databases: the lists, and the summary of how all are. */
import { createRoute, z } from "@hono/zod-openapi";
import { databaseViewSchema } from "../../domain/database/view.ts";
import { healthSummarySchema } from "../../domain/sap-system/health-summary.ts";
import { sapSystemViewSchema } from "../../domain/sap-system/view.ts";
import { databaseOf } from "../read-models/database.ts";
import { readDatabases } from "../read-models/database-views.ts";
import { readHealthSummary } from "../read-models/health-summary.ts";
import { readSapSystems } from "../read-models/sap-system-views.ts";
import { present } from "../read-models/viewed.ts";
import { answer, byToken, unauthorized } from "./answers.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const systems = createRoute({
  method: "get",
  path: "/api/v1/sap_systems",
  tags: ["SAP systems"],
  security: byToken,
  middleware: [requireUser()],
  responses: {
    200: answer(
      "All registered SAP systems, ordered by SID, with their instances and those of their databases",
      z.array(sapSystemViewSchema.openapi("SapSystem")),
    ),
    ...unauthorized,
  },
});

const health = createRoute({
  method: "get",
  path: "/api/v1/sap_systems/health",
  tags: ["SAP systems"],
  security: byToken,
  middleware: [requireUser()],
  responses: {
    200: answer(
      "How each SAP system and all that it stands on is",
      z.array(healthSummarySchema.openapi("SapSystemHealth")),
    ),
    ...unauthorized,
  },
});

const databases = createRoute({
  method: "get",
  path: "/api/v1/databases",
  tags: ["Databases"],
  security: byToken,
  middleware: [requireUser()],
  responses: {
    200: answer(
      "All registered databases, ordered by SID, with their instances",
      z.array(databaseViewSchema.openapi("Database")),
    ),
    ...unauthorized,
  },
});

export const sapSystems = newRouter()
  .openapi(systems, async (c) => c.json(present(await readSapSystems(databaseOf(c.env))), 200))
  .openapi(health, async (c) => c.json(await readHealthSummary(databaseOf(c.env)), 200))
  .openapi(databases, async (c) => c.json(present(await readDatabases(databaseOf(c.env))), 200));

/** What this installation is. */
import { createRoute, z } from "@hono/zod-openapi";
import { and, count, eq, isNull } from "drizzle-orm";
import { ownCatalogue } from "../../checks/own-catalogue.ts";
import { SLES_SAP_IDENTIFIER } from "../../domain/host/subscription.ts";
import { version } from "../../package.json";
import { databaseOf } from "../read-models/database.ts";
import { hosts, slesSubscriptions } from "../read-models/tables.ts";
import { answer, byToken, unauthorized } from "./answers.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/about",
  tags: ["About"],
  security: byToken,
  middleware: [requireUser()],
  responses: {
    200: answer(
      "Versions, and the number of SLES for SAP subscriptions of registered hosts; null for parts that are not there",
      z
        .object({
          version: z.string(),
          flavor: z.string(),
          sles_subscriptions: z.int(),
          wanda_version: z.string().nullable(),
          checks_version: z.string().nullable(),
          postgres_version: z.string().nullable(),
          rabbitmq_version: z.string().nullable(),
          prometheus_version: z.string().nullable(),
        })
        .openapi("About"),
    ),
    ...unauthorized,
  },
});

export const about = newRouter().openapi(route, async (c) => {
  const [counted] = await databaseOf(c.env)
    .select({ subscriptions: count() })
    .from(slesSubscriptions)
    .innerJoin(hosts, eq(hosts.id, slesSubscriptions.host_id))
    .where(and(eq(slesSubscriptions.identifier, SLES_SAP_IDENTIFIER), isNull(hosts.deregistered_at)));
  return c.json(
    {
      version,
      flavor: "Community",
      sles_subscriptions: counted?.subscriptions ?? 0,
      // The engine is part of this program.
      wanda_version: version,
      checks_version: ownCatalogue.version,
      postgres_version: null,
      rabbitmq_version: null,
      prometheus_version: null,
    },
    200,
  );
});

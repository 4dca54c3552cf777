/** What Trento shows of Prometheus' metrics. No Prometheus can be set here yet, and it is answered as where charts are off. */
import { createRoute, z } from "@hono/zod-openapi";
import { databaseOf } from "../read-models/database.ts";
import { readHosts } from "../read-models/host-views.ts";
import { answer, byToken, idParam, invalid, notFound, unauthorized } from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { addNotBuilt, notBuilt } from "./not-built.ts";
import { newRouter } from "./router.ts";

const tags = ["Metrics of hosts"];
const DISABLED = "Charts endpoints are disabled, check the documentation for further details";

const exporters = createRoute({
  method: "get",
  path: "/api/v1/hosts/{id}/exporters_status",
  tags,
  security: byToken,
  middleware: [requireUser()],
  request: { params: z.object({ id: idParam("id") }) },
  responses: {
    200: answer(
      "By exporter; without a Prometheus nothing is known of any",
      z.record(z.string(), z.string()),
    ),
    ...unauthorized,
    ...notFound,
    ...invalid,
  },
});

export const charts = newRouter().openapi(exporters, async (c) => {
  const { id } = c.req.valid("param");
  if ((await readHosts(databaseOf(c.env), [id])).has(id)) return c.json({}, 200);
  return c.json(errorsOf(404, "The requested resource cannot be found."), 404);
});

for (const chart of ["cpu", "memory", "filesystem"]) {
  const path = `/api/v1/charts/hosts/{id}/${chart}`;
  addNotBuilt(charts, { method: "get", path, tags, status: 501, errors: notBuilt(DISABLED) });
}

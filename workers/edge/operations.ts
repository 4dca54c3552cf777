/** What Trento does on hosts. Nothing is done from here yet: whoever asks for it is told so where Trento's UI shows reasons. */
import { createRoute, z } from "@hono/zod-openapi";
import { answer, byToken, idParam, invalid, notFound, unauthorized } from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { addNotBuilt } from "./not-built.ts";
import { newRouter } from "./router.ts";

const tags = ["Operations"];
const PATH = "/api/v1/operations/executions";
const common = { method: "get" as const, tags, security: byToken, middleware: [requireUser()] };

const list = createRoute({
  ...common,
  path: PATH,
  description: "Served below `/wanda` too. None runs, as none can be started yet.",
  request: {
    query: z.object({
      group_id: z.guid("has invalid format").optional(),
      status: z.enum(["running", "completed", "aborted"]).optional(),
      page: z.coerce.number().int().min(1).default(1),
      items_per_page: z.coerce.number().int().min(1).max(100).default(10),
    }),
  },
  responses: {
    200: answer(
      "The newest first",
      z.object({ items: z.array(z.object({ operation_id: z.guid() })), total_count: z.int() }),
    ),
    ...unauthorized,
    ...invalid,
  },
});
const one = createRoute({
  ...common,
  path: `${PATH}/{id}`,
  request: { params: z.object({ id: idParam("id") }) },
  responses: { ...unauthorized, ...notFound, ...invalid },
});

export const operations = newRouter()
  .openapi(list, (c) => c.json({ items: [], total_count: 0 }, 200))
  .openapi(one, (c) => c.json(errorsOf(404, "The requested resource was not found."), 404));

const HOST = "/hosts/{id}";
const CLUSTER = "/clusters/{id}";
const MEMBER = "/clusters/{id}/hosts/{host_id}";
const SAP_SYSTEM = "/sap_systems/{id}";
const INSTANCE = "/sap_systems/{id}/hosts/{host_id}/instances/{instance_number}";
const DATABASE = "/databases/{id}";

/** By the API's name: whose it is, and the ability that it needs. */
const known: readonly (readonly [operation: string, of: string, name: string, resource: string])[] = [
  ["saptune_solution_apply", HOST, "saptune_solution_apply", "host"],
  ["saptune_solution_change", HOST, "saptune_solution_change", "host"],
  ["reboot", HOST, "reboot", "host"],
  ["cluster_maintenance_change", CLUSTER, "maintenance_change", "cluster"],
  ["cluster_resource_refresh", CLUSTER, "resource_refresh", "cluster"],
  ["pacemaker_enable", MEMBER, "pacemaker_enable", "cluster"],
  ["pacemaker_disable", MEMBER, "pacemaker_disable", "cluster"],
  ["cluster_host_start", MEMBER, "cluster_host_start", "cluster"],
  ["cluster_host_stop", MEMBER, "cluster_host_stop", "cluster"],
  ["sap_instance_start", INSTANCE, "start", "application_instance"],
  ["sap_instance_stop", INSTANCE, "stop", "application_instance"],
  ["sap_system_start", SAP_SYSTEM, "start", "sap_system"],
  ["sap_system_stop", SAP_SYSTEM, "stop", "sap_system"],
  ["database_start", DATABASE, "start", "database"],
  ["database_stop", DATABASE, "stop", "database"],
];

const [reason] = errorsOf(403, "Operations are not available yet on this server.").errors;

for (const [operation, of, name, resource] of known) {
  addNotBuilt(operations, {
    method: "post",
    path: `/api/v1${of}/operations/${operation}`,
    tags,
    abilities: [
      { name, resource },
      { name: "operation", resource: "all" },
    ],
    status: 403,
    // Trento's form of a reason why an operation cannot be done now, which its UI shows to who asked for it.
    errors: { errors: reason === undefined ? [] : [{ ...reason, metadata: [] }] },
  });
}

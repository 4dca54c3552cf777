/** The clean-up of instances that are no longer there. */
import { createRoute, z } from "@hono/zod-openapi";
import { type InstanceName, isSameInstance } from "../../domain/instance.ts";
import {
  type AggregateCommand,
  databaseStub,
  execute,
  LATEST,
  sapSystemStub,
} from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import { idOf, logged } from "./activity.ts";
import { byToken, forbidden, idParam, invalid, notFound, unauthorized } from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const kinds = {
  sap_systems: { aggregate: "sap_system", ability: "application_instance", stub: sapSystemStub },
  databases: { aggregate: "database", ability: "database_instance", stub: databaseStub },
};
type Kind = keyof typeof kinds;

function commandFor(kind: Kind, id: string, name: InstanceName): AggregateCommand {
  const common = { ...name, deregistered_at: new Date().toISOString() };
  return kind === "sap_systems"
    ? { type: "DeregisterApplicationInstance", data: { sap_system_id: id, ...common } }
    : { type: "DeregisterDatabaseInstance", data: { database_id: id, ...common } };
}

function routeFor(kind: Kind) {
  return createRoute({
    method: "delete",
    path: `/api/v1/${kind}/{id}/hosts/{host_id}/instances/{instance_number}`,
    tags: [kind === "databases" ? "Databases" : "SAP systems"],
    security: byToken,
    middleware: [
      requireUser({ name: "cleanup", resource: kinds[kind].ability }),
      logged({
        type: `${kinds[kind].aggregate}_cleanup_requested`,
        statuses: [204],
        metadata: (c) => ({
          [`${kinds[kind].aggregate}_id`]: idOf(c),
          host_id: idOf(c, "host_id"),
          instance_number: c.req.param("instance_number"),
          correlation_id: c.get("correlationId"),
        }),
      }),
    ],
    request: {
      params: z.object({
        id: idParam("id"),
        host_id: idParam("host_id"),
        // Two digits, but any text is taken for one from agents: whatever is listed can be removed.
        instance_number: z
          .string()
          .max(1_024, "should be at most 1024 characters")
          .openapi({ example: "00" }),
      }),
    },
    responses: {
      204: { description: "Deregistered" },
      ...unauthorized,
      ...forbidden,
      ...notFound,
      ...invalid,
    },
  });
}

/** Asked of the aggregate itself: what a list shows may be a moment old. */
async function findInstance(env: Bindings, kind: Kind, id: string, name: InstanceName) {
  const { state } = await kinds[kind].stub(env, id).stateAt(LATEST);
  const instances: readonly (InstanceName & { readonly absent_at: string | null })[] = state.instances;
  return instances.find((instance) => isSameInstance(instance, name));
}

const NOT_FOUND = "The requested resource cannot be found.";

export const instances = newRouter();

for (const kind of ["sap_systems", "databases"] as const) {
  instances.openapi(routeFor(kind), async (c) => {
    const { id, ...name } = c.req.valid("param");
    const instance = await findInstance(c.env, kind, id, name);
    if (instance === undefined) return c.json(errorsOf(404, NOT_FOUND), 404);
    if (instance.absent_at === null) {
      return c.json(errorsOf(422, "Requested operation not allowed for present SAP instances."), 422);
    }
    const correlationId = c.get("correlationId");
    const outcome = await execute(c.env, commandFor(kind, id, name), {
      commandId: correlationId,
      metadata: { correlationId, causationId: null, actor: `user:${c.get("user").id}` },
    });
    if (outcome.status !== "accepted") return c.json(errorsOf(404, NOT_FOUND), 404);
    return c.body(null, 204);
  });
}

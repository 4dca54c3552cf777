/** What Trento learns from SUSE Multi-Linux Manager. No manager can be set here yet, and it is answered as where none is set. */
import { createRoute, z } from "@hono/zod-openapi";
import { answer, byToken, forbidden, invalid, unauthorized } from "./answers.ts";
import { errorsOf, errorsSchema } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { addNotBuilt, notBuilt } from "./not-built.ts";
import { newRouter } from "./router.ts";

const NOT_CONFIGURED = errorsOf(404, "SUSE Multi-Linux Manager settings not configured.");
const SETTINGS = "/api/v1/settings/suse_manager";
const tags = ["Software updates"];
const ability = { name: "all", resource: "suma_settings" };

const packages = createRoute({
  method: "get",
  path: "/api/v1/software_updates/packages",
  tags,
  security: byToken,
  middleware: [requireUser()],
  request: {
    query: z.object({
      host_id: z.guid("has invalid format").openapi({ param: { name: "host_id", in: "query" } }),
    }),
  },
  responses: { ...unauthorized, 404: answer("No manager is set", errorsSchema), ...invalid },
});
const clear = createRoute({
  method: "delete",
  path: SETTINGS,
  tags,
  security: byToken,
  middleware: [requireUser(ability)],
  responses: { 204: { description: "There are none" }, ...unauthorized, ...forbidden },
});

export const softwareUpdates = newRouter()
  .openapi(packages, (c) => c.json(NOT_CONFIGURED, 404))
  .openapi(clear, (c) => c.body(null, 204));

const missing = { tags, status: 404, errors: NOT_CONFIGURED } as const;
addNotBuilt(softwareUpdates, { ...missing, method: "get", path: "/api/v1/hosts/{id}/software_updates" });
addNotBuilt(softwareUpdates, {
  ...missing,
  method: "get",
  path: "/api/v1/software_updates/errata_details/{advisory_name}",
});
addNotBuilt(softwareUpdates, { ...missing, method: "get", path: SETTINGS });
for (const method of ["patch", "put"] as const)
  addNotBuilt(softwareUpdates, { ...missing, method, path: SETTINGS, abilities: [ability] });
addNotBuilt(softwareUpdates, {
  method: "post",
  path: SETTINGS,
  tags,
  abilities: [ability],
  status: 501,
  errors: notBuilt("SUSE Multi-Linux Manager cannot be connected yet.", "url"),
});
// Whoever is signed in may try, as with Trento: it changes nothing.
addNotBuilt(softwareUpdates, {
  method: "post",
  path: `${SETTINGS}/test`,
  tags,
  status: 422,
  errors: errorsOf(422, "Connection with software updates provider failed."),
});

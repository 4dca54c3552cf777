/** The checks that a group may select, and what it sets for itself. */
import { createRoute, z } from "@hono/zod-openapi";
import { and, eq } from "drizzle-orm";
import type { Context } from "hono";
import { selectableCheck } from "../../../checks/customization/customizable.ts";
import { refusalOf } from "../../../checks/customization/validate.ts";
import type { CheckDefinition } from "../../../checks/definition.ts";
import { knownChecks } from "../../../checks/planning/plan.ts";
import type { BrokerMessage } from "../../../checks/relay-messages.ts";
import { resolveAll } from "../../../checks/selection/values.ts";
import { readCatalogues, readCustomValues } from "../../../durable-objects/checks-group/catalogues.ts";
import { RESULTS_WAIT, tellRelays, toRelay } from "../../../durable-objects/relays.ts";
import type { Bindings } from "../../bindings.ts";
import { databaseOf } from "../../read-models/database.ts";
import { checkCustomizations } from "../../read-models/tables.ts";
import { bodyOf, idOf, logged } from "../activity.ts";
import {
  answer,
  anyJson,
  byToken,
  forbidden,
  idParam,
  invalid,
  malformed,
  notFound,
  unauthorized,
} from "../answers.ts";
import type { EdgeContext } from "../context.ts";
import { errorsOf, errorsSchema, invalidFields } from "../errors.ts";
import { requireUser } from "../guards.ts";
import { newRouter } from "../router.ts";
import { allotmentOf, checksFor, environmentQuery } from "./catalog.ts";
import { ambiguousKeys, environmentOf } from "./environment.ts";

/** Floats are what is set nowhere: Wanda has no such type of custom values. */
const whole = z.number().refine(Number.isSafeInteger, "must be a whole number, true, false or a text");
const scalar = z.union([z.string().max(10_000), whole, z.boolean()]);
const customValues = z
  .array(z.strictObject({ name: z.string(), value: scalar }))
  .min(1, "should have at least 1 value")
  .max(1_000);
const customization = z.strictObject({ values: customValues }).openapi("CheckCustomization");

const selectable = z
  .object({
    id: z.string(),
    name: z.string(),
    group: z.string(),
    description: z.string(),
    values: z.array(
      z.object({
        name: z.string(),
        customizable: z.boolean(),
        default_value: anyJson().optional(),
        environment_value: anyJson()
          .openapi({ description: "What takes the default's place on a target of which the query is true" })
          .optional(),
        custom_value: scalar.optional(),
      }),
    ),
    customizable: z.boolean(),
    customized: z.boolean(),
  })
  .openapi("SelectableCheck");

const list = createRoute({
  method: "get",
  path: "/api/v1/groups/{group_id}/checks",
  tags: ["Checks"],
  security: byToken,
  middleware: [requireUser()],
  request: { params: z.object({ group_id: idParam("group_id") }), query: environmentQuery },
  responses: {
    200: answer(
      "The checks that concern the target, with what the group has set",
      z.object({ items: z.array(selectable) }),
    ),
    ...unauthorized,
    ...invalid,
  },
});

const path = "/api/v1/groups/{group_id}/checks/{check_id}/customization";
const params = z.object({
  group_id: idParam("group_id"),
  check_id: z
    .string()
    .max(256)
    .openapi({ param: { name: "check_id", in: "path" } }),
});
const customizing = requireUser({ name: "all", resource: "check_customization" });

/** Of what kind the group is, as far as it is known; Trento's entries say it. */
async function targetTypeOf({ DB }: Bindings, groupId: string): Promise<"cluster" | "host"> {
  const cluster = await DB.prepare("SELECT id FROM clusters WHERE id = ?").bind(groupId).first();
  return cluster === null ? "host" : "cluster";
}

async function customized(c: Context<EdgeContext>) {
  const group_id = idOf(c, "group_id") ?? "";
  return {
    check_id: c.req.param("check_id"),
    group_id,
    target_type: await targetTypeOf(c.env, group_id),
  };
}

type Customisation = Extract<BrokerMessage, { type: `CheckCustomization${string}` }>;
type OwnFields<M> = M extends unknown ? Omit<M, "check_id" | "group_id" | "target_type" | "user_id"> : never;

/** Those beyond a relay are told as Wanda tells them. */
async function tellOf(c: Context<EdgeContext>, own: OwnFields<Customisation>): Promise<void> {
  const { check_id = "", ...target } = await customized(c);
  const message = { ...own, check_id, ...target, user_id: c.get("user")?.id ?? 0 };
  await tellRelays(c.env, [toRelay(crypto.randomUUID(), message, RESULTS_WAIT)]);
}

const customize = createRoute({
  method: "post",
  path,
  tags: ["Checks"],
  security: byToken,
  middleware: [
    customizing,
    logged({
      type: "check_customization_applied",
      statuses: [200],
      metadata: async (c) => ({ ...(await customized(c)), custom_values: (await bodyOf(c)).values }),
    }),
  ],
  request: { params, body: { required: true, content: { "application/json": { schema: customization } } } },
  responses: {
    200: answer("What is set now, and nothing else", customization),
    ...unauthorized,
    403: answer("The user lacks the ability, or the check cannot be customised", errorsSchema),
    ...notFound,
    ...invalid,
    ...malformed,
  },
});

const reset = createRoute({
  method: "delete",
  path,
  tags: ["Checks"],
  security: byToken,
  middleware: [
    customizing,
    logged({ type: "check_customization_reset", statuses: [204], metadata: customized }),
  ],
  request: { params },
  responses: {
    204: { description: "Nothing is set any more" },
    ...unauthorized,
    ...forbidden,
    ...notFound,
    ...invalid,
  },
});

const VALUES_REFUSED =
  "Some of the custom values do not exist in the check, they're not customizable or a type mismatch occurred.";

async function findCheck(env: Bindings, id: string): Promise<CheckDefinition | undefined> {
  return knownChecks(await readCatalogues(env.DB)).find((check) => check.id === id);
}

export const groupChecks = newRouter()
  .openapi(list, async (c) => {
    const query = c.req.queries();
    const issues = ambiguousKeys(query);
    if (issues.length > 0) return c.json(invalidFields(issues), 422);
    const custom = await readCustomValues(c.env.DB, c.req.valid("param").group_id);
    const environment = environmentOf(query);
    const allotment = allotmentOf(c.env);
    const checks = await checksFor(c.env, environment, allotment);
    const resolved = await resolveAll(checks, environment, () => new Map(), allotment);
    const items = checks.map((check, index) => {
      const inEnvironment = new Map(resolved[index]?.map(({ name, value }) => [name, value]));
      const { values, ...rest } = selectableCheck(check, custom.get(check.id) ?? new Map(), inEnvironment);
      return { ...rest, values: [...values] };
    });
    return c.json({ items }, 200);
  })
  .openapi(customize, async (c) => {
    const { group_id, check_id } = c.req.valid("param");
    const { values } = c.req.valid("json");
    const check = await findCheck(c.env, check_id);
    if (check === undefined) return c.json(errorsOf(404, "Referenced check was not found."), 404);
    const refusal = refusalOf(check, values);
    if (refusal?.error === "check_not_customizable") {
      return c.json(errorsOf(403, "Referenced check is not customizable."), 403);
    }
    if (refusal !== null) return c.json(errorsOf(400, VALUES_REFUSED), 400);
    const now = new Date().toISOString();
    const changed = { custom_values: values, updated_at: now };
    await databaseOf(c.env)
      .insert(checkCustomizations)
      .values({ group_id, check_id, inserted_at: now, ...changed })
      .onConflictDoUpdate({
        target: [checkCustomizations.group_id, checkCustomizations.check_id],
        set: changed,
      });
    await tellOf(c, { type: "CheckCustomizationApplied", custom_values: values });
    return c.json({ values }, 200);
  })
  .openapi(reset, async (c) => {
    const { group_id, check_id } = c.req.valid("param");
    const removed = await databaseOf(c.env)
      .delete(checkCustomizations)
      .where(and(eq(checkCustomizations.group_id, group_id), eq(checkCustomizations.check_id, check_id)))
      .returning({ check_id: checkCustomizations.check_id });
    if (removed.length === 0) {
      return c.json(errorsOf(404, "Referenced check customization was not found."), 404);
    }
    await tellOf(c, { type: "CheckCustomizationReset" });
    return c.body(null, 204);
  });

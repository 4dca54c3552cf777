/** Webhooks: endpoints of third parties that are told of events. */
import { createRoute, z } from "@hono/zod-openapi";
import { eq } from "drizzle-orm";
import { allowedHosts, refusalOfUrl } from "../../domain/webhooks/address.ts";
import { endpointSettingsSchema } from "../../domain/webhooks/endpoint.ts";
import { endpointViewSchema, endpointWithSecretSchema } from "../../domain/webhooks/view.ts";
import { seal } from "../../durable-objects/sealed.ts";
import { SECRET_PURPOSE } from "../../durable-objects/webhook/endpoint.ts";
import { newSecret, shownSecret } from "../../durable-objects/webhook/signing.ts";
import { webhookStub } from "../../durable-objects/webhook.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { webhookEndpoints as table } from "../read-models/tables.ts";
import { endpointView, readEndpointRow, readEndpoints } from "../read-models/webhook-endpoints.ts";
import { idOf, logged } from "./activity.ts";
import {
  answer,
  byToken,
  forbidden,
  idParam,
  invalid,
  malformed,
  notFound,
  unauthorized,
} from "./answers.ts";
import { errorsOf, invalidFields } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const endpoint = endpointViewSchema.clone().openapi("WebhookEndpoint");
const withSecret = endpointWithSecretSchema.clone().openapi("WebhookEndpointWithSecret");
const { description, event_types, enabled, url } = endpointSettingsSchema.shape;
// The defaults are of what is new; another kind of signature needs another secret.
const change = z
  .strictObject({
    url,
    description: description.unwrap(),
    event_types: event_types.unwrap(),
    enabled: enabled.unwrap(),
  })
  .partial()
  .openapi("WebhookEndpointChange");

const PATH = "/api/v1/webhooks";
const guard = requireUser({ name: "all", resource: "webhooks" });
const common = { tags: ["Webhooks"], security: byToken };
const params = z.object({ id: idParam("id") });
const refusals = { ...unauthorized, ...forbidden, ...invalid };
const bodyOf = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { "application/json": { schema } },
});
const identified = z.object({ id: z.string() });

/** The path says which one it is, and with a new one the answer. */
const activity = (type: string, status: number) =>
  logged({
    type,
    statuses: [status],
    metadata: async (c) => ({
      webhook_id: idOf(c) ?? identified.parse(await c.res.clone().json()).id,
    }),
  });

const list = createRoute({
  ...common,
  method: "get",
  path: PATH,
  middleware: [guard],
  responses: { 200: answer("In the order in which they were made", z.array(endpoint)), ...refusals },
});
const create = createRoute({
  ...common,
  method: "post",
  path: PATH,
  middleware: [guard, activity("webhook_creation", 201)],
  request: { body: bodyOf(endpointSettingsSchema.openapi("NewWebhookEndpoint")) },
  responses: {
    201: answer("With the secret, which is not shown again", withSecret),
    ...refusals,
    ...malformed,
  },
});
const update = createRoute({
  ...common,
  method: "patch",
  path: `${PATH}/{id}`,
  middleware: [guard, activity("webhook_modification", 200)],
  request: { params, body: bodyOf(change) },
  responses: { 200: answer("As it is now", endpoint), ...refusals, ...notFound, ...malformed },
});
const remove = createRoute({
  ...common,
  method: "delete",
  path: `${PATH}/{id}`,
  middleware: [guard, activity("webhook_deletion", 204)],
  request: { params },
  responses: { 204: { description: "Removed, with all that was told" }, ...refusals, ...notFound },
});
const rotate = createRoute({
  ...common,
  method: "post",
  path: `${PATH}/{id}/rotate_secret`,
  middleware: [guard, activity("webhook_secret_rotation", 200)],
  request: { params },
  responses: {
    200: answer("With the new secret; by the old one it is signed for another day", withSecret),
    ...refusals,
    ...notFound,
  },
});

/** Each is a copy of all that is told. Two that are made at the same instant may be one too many. */
const MOST = 100;

const NOT_FOUND = "The requested resource cannot be found.";
/** Milliseconds for which messages are signed by the secret before, too. */
const BOTH_VALID = 24 * 60 * 60_000;

const sealed = (env: Bindings, secret: string) => seal(secret, SECRET_PURPOSE, env.SETTINGS_ENC_SECRET);

function refused(env: Bindings, address: string) {
  const message = refusalOfUrl(address, allowedHosts(env.WEBHOOK_ALLOWED_HOSTS));
  return message === null ? null : invalidFields([{ path: ["url"], message }]);
}

export const webhooks = newRouter()
  .openapi(list, async (c) => c.json(await readEndpoints(databaseOf(c.env)), 200))
  .openapi(create, async (c) => {
    const settings = c.req.valid("json");
    const refusal = refused(c.env, settings.url);
    if (refusal !== null) return c.json(refusal, 422);
    if ((await databaseOf(c.env).$count(table)) >= MOST) {
      return c.json(errorsOf(422, `There are ${MOST} webhooks, which is the most there can be.`), 422);
    }
    const now = new Date().toISOString();
    const secret = await newSecret(settings.signature);
    const row = {
      ...settings,
      id: crypto.randomUUID(),
      disabled_reason: null,
      secret: await sealed(c.env, secret),
      old_secret: null,
      old_secret_until: null,
      inserted_at: now,
      updated_at: now,
    };
    await databaseOf(c.env).insert(table).values(row);
    return c.json({ ...endpointView(row), secret: await shownSecret(settings.signature, secret) }, 201);
  })
  .openapi(update, async (c) => {
    const { id } = c.req.valid("param");
    const changed = c.req.valid("json");
    const refusal = changed.url === undefined ? null : refused(c.env, changed.url);
    if (refusal !== null) return c.json(refusal, 422);
    // Whoever enables it again knows that it works.
    const enabledAgain = changed.enabled === true ? { disabled_reason: null } : {};
    const { url, description, event_types, enabled } = changed;
    const [row] = await databaseOf(c.env)
      .update(table)
      .set({
        ...(url === undefined ? {} : { url }),
        ...(description === undefined ? {} : { description }),
        ...(event_types === undefined ? {} : { event_types }),
        ...(enabled === undefined ? {} : { enabled }),
        ...enabledAgain,
        updated_at: new Date().toISOString(),
      })
      .where(eq(table.id, id))
      .returning();
    if (row === undefined) return c.json(errorsOf(404, NOT_FOUND), 404);
    if (changed.enabled === true) await webhookStub(c.env, id).forgive();
    return c.json(endpointView(row), 200);
  })
  .openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    const removed = await databaseOf(c.env).delete(table).where(eq(table.id, id)).returning({ id: table.id });
    if (removed.length === 0) return c.json(errorsOf(404, NOT_FOUND), 404);
    await webhookStub(c.env, id).erase();
    return c.body(null, 204);
  })
  .openapi(rotate, async (c) => {
    const { id } = c.req.valid("param");
    const row = await readEndpointRow(databaseOf(c.env), id);
    if (row === null) return c.json(errorsOf(404, NOT_FOUND), 404);
    const secret = await newSecret(row.signature);
    const changed = {
      secret: await sealed(c.env, secret),
      old_secret: row.secret,
      old_secret_until: new Date(Date.now() + BOTH_VALID).toISOString(),
      updated_at: new Date().toISOString(),
    };
    await databaseOf(c.env).update(table).set(changed).where(eq(table.id, id));
    const view = endpointView({ ...row, ...changed });
    return c.json({ ...view, secret: await shownSecret(row.signature, secret) }, 200);
  });

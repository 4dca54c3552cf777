/** What was told to an endpoint, what became of it, and telling it again. */
import { createRoute, z } from "@hono/zod-openapi";
import { testMessage } from "../../domain/webhooks/message.ts";
import { deliveryDetailsSchema, deliverySchema, deliveryStatusSchema } from "../../domain/webhooks/view.ts";
import { webhookStub } from "../../durable-objects/webhook.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { readEndpointRow } from "../read-models/webhook-endpoints.ts";
import { sourceOf } from "../webhooks/index.ts";
import {
  answer,
  byToken,
  emptyAnswer,
  forbidden,
  idParam,
  invalid,
  malformed,
  notFound,
  unauthorized,
} from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const delivery = deliverySchema.clone().openapi("WebhookDelivery");
const details = deliveryDetailsSchema.clone().openapi("WebhookDeliveryDetails");

const MOST = 100;
const path = "/api/v1/webhooks/{id}/deliveries";
const ofEndpoint = z.object({ id: idParam("id") });
const ofDelivery = ofEndpoint.extend({ delivery_id: z.string().max(512) });
const common = {
  tags: ["Webhooks"],
  security: byToken,
  middleware: [requireUser({ name: "all", resource: "webhooks" })],
};
const refusals = { ...unauthorized, ...forbidden, ...notFound, ...invalid };

const list = createRoute({
  ...common,
  method: "get",
  path,
  request: {
    params: ofEndpoint,
    query: z.object({
      status: deliveryStatusSchema.optional(),
      before: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(MOST).default(25),
    }),
  },
  responses: {
    200: answer(
      "The newest first, and where the next page begins",
      z.object({ items: z.array(delivery), next: z.int().nullable() }),
    ),
    ...refusals,
  },
});
const one = createRoute({
  ...common,
  method: "get",
  path: `${path}/{delivery_id}`,
  request: { params: ofDelivery },
  responses: { 200: answer("With what was told, and every attempt", details), ...refusals },
});
const replay = createRoute({
  ...common,
  method: "post",
  path: `${path}/{delivery_id}/replay`,
  request: { params: ofDelivery },
  responses: { 202: answer("It is told again", emptyAnswer), ...refusals },
});
const test = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/webhooks/{id}/test",
  request: { params: ofEndpoint },
  responses: {
    202: answer("The delivery of a message that tells nothing", z.object({ delivery_id: z.string() })),
    ...refusals,
  },
});
const replaySince = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/webhooks/{id}/replay",
  request: {
    params: ofEndpoint,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({ since: z.iso.datetime({ offset: true }) }).openapi("WebhookReplay"),
        },
      },
    },
  },
  responses: {
    202: answer("How many are told again", z.object({ count: z.int() })),
    ...refusals,
    ...malformed,
  },
});

const NOT_FOUND = "The requested resource cannot be found.";

async function isThere(env: Bindings, id: string): Promise<boolean> {
  return (await readEndpointRow(databaseOf(env), id)) !== null;
}

export const webhookDeliveries = newRouter()
  .openapi(list, async (c) => {
    const { id } = c.req.valid("param");
    if (!(await isThere(c.env, id))) return c.json(errorsOf(404, NOT_FOUND), 404);
    const query = c.req.valid("query");
    const page = await webhookStub(c.env, id).list(query.status ?? null, query.before ?? null, query.limit);
    return c.json({ items: page.deliveries, next: page.next }, 200);
  })
  .openapi(one, async (c) => {
    const { id, delivery_id } = c.req.valid("param");
    const found = (await isThere(c.env, id)) ? await webhookStub(c.env, id).details(delivery_id) : null;
    if (found === null) return c.json(errorsOf(404, NOT_FOUND), 404);
    return c.json({ ...found, tries: [...found.tries] }, 200);
  })
  .openapi(replay, async (c) => {
    const { id, delivery_id } = c.req.valid("param");
    const isFound = (await isThere(c.env, id)) && (await webhookStub(c.env, id).replay(delivery_id));
    return isFound ? c.json({}, 202) : c.json(errorsOf(404, NOT_FOUND), 404);
  })
  .openapi(test, async (c) => {
    const { id } = c.req.valid("param");
    if (!(await isThere(c.env, id))) return c.json(errorsOf(404, NOT_FOUND), 404);
    const message = testMessage(crypto.randomUUID(), sourceOf(c.env), new Date().toISOString());
    await webhookStub(c.env, id).enqueue(id, [message]);
    return c.json({ delivery_id: message.id }, 202);
  })
  .openapi(replaySince, async (c) => {
    const { id } = c.req.valid("param");
    if (!(await isThere(c.env, id))) return c.json(errorsOf(404, NOT_FOUND), 404);
    const count = await webhookStub(c.env, id).replaySince(Date.parse(c.req.valid("json").since));
    return c.json({ count }, 202);
  });

/** Settings: the API key of the agents. */
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { readApiKeySettings, rotateApiKey } from "../auth/api-key.ts";
import { type ApiKeySettings, apiKeyOf } from "../auth/tokens.ts";
import type { Bindings } from "../bindings.ts";
import { bodyOf, logged } from "./activity.ts";
import { answer, byToken, forbidden, invalid, malformed, unauthorized } from "./answers.ts";
import type { EdgeContext } from "./context.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";
import { unlessMissing } from "./validation.ts";

const apiKey = z
  .object({ created_at: z.string(), generated_api_key: z.string(), expire_at: z.string().nullable() })
  .openapi("ApiKey");

const path = "/api/v1/settings/api_key";
const ability = { name: "all", resource: "api_key_settings" };

const read = createRoute({
  method: "get",
  path,
  tags: ["Settings"],
  security: byToken,
  middleware: [requireUser(ability)],
  responses: { 200: answer("The key that agents send", apiKey), ...unauthorized, ...forbidden },
});

async function withCorrelation(c: Context<EdgeContext>) {
  return { ...(await bodyOf(c)), correlation_id: c.get("correlationId") };
}

/** A key that has ended already would shut out all agents at once; four digits are all that a year has. */
const expiry = z.iso
  .datetime({ offset: true, abort: true, ...unlessMissing("is invalid") })
  .refine((time) => Date.parse(time) > Date.now(), "must be in the future")
  .refine((time) => Date.parse(time) < Date.UTC(9999, 11, 31), "is too far in the future");

const rotate = createRoute({
  method: "patch",
  path,
  tags: ["Settings"],
  security: byToken,
  middleware: [
    requireUser(ability),
    logged({ type: "api_key_generation", statuses: [200], metadata: withCorrelation }),
  ],
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z
            .strictObject({
              expire_at: expiry.nullable(),
            })
            .openapi("ApiKeyExpiry"),
        },
      },
    },
  },
  responses: {
    200: answer("The new key; the old one is revoked", apiKey),
    ...unauthorized,
    ...forbidden,
    ...invalid,
    ...malformed,
  },
});

async function toAnswer(settings: ApiKeySettings, env: Bindings) {
  const generated_api_key = await apiKeyOf(settings, env.ACCESS_TOKEN_ENC_SECRET);
  return { created_at: settings.created_at, generated_api_key, expire_at: settings.expire_at };
}

export const settings = newRouter()
  .openapi(read, async (c) => c.json(await toAnswer(await readApiKeySettings(c.env), c.env), 200))
  .openapi(rotate, async (c) => {
    const { expire_at } = c.req.valid("json");
    const expiry = expire_at === null ? null : new Date(expire_at).toISOString();
    return c.json(await toAnswer(await rotateApiKey(c.env, expiry, c.get("correlationId")), c.env), 200);
  });

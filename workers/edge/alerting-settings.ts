/** Settings: alerts by mail (api.md). */
import { createRoute, z } from "@hono/zod-openapi";
import { exposesPassword } from "../../domain/alerts/password-guard.ts";
import {
  type AlertingSettings,
  alertingSettingsSchema,
  smtpPasswordSchema,
} from "../../domain/alerts/settings.ts";
import {
  type KnownSettings,
  PASSWORD_PURPOSE,
  readAlertingSettings,
} from "../../durable-objects/mailroom/settings.ts";
import { mailroomStub } from "../../durable-objects/mailroom.ts";
import { seal } from "../../durable-objects/sealed.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { alertingSettings as table } from "../read-models/tables.ts";
import { bodyOf, logged } from "./activity.ts";
import {
  answer,
  byToken,
  emptyAnswer,
  forbidden,
  invalid,
  malformed,
  notFound,
  unauthorized,
} from "./answers.ts";
import { errorsOf, errorsSchema, invalidFields } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";
import { requestIssues } from "./validation.ts";

export const shownSettings = alertingSettingsSchema
  .extend({ enforced_from_env: z.boolean() })
  .openapi("AlertingSettings");
const { smtp_security, recovery, quiet_hours } = alertingSettingsSchema.shape;
const whole = alertingSettingsSchema
  .extend({
    smtp_password: smtpPasswordSchema,
    // A client that does not know the field is one of Trento's, and expects what Trento does.
    smtp_security: smtp_security.unwrap().default("if_available"),
  })
  .openapi("NewAlertingSettings");
// The defaults are of what is new: what a change does not name stays.
const change = whole
  .extend({
    smtp_security: smtp_security.unwrap(),
    recovery: recovery.unwrap(),
    quiet_hours: quiet_hours.unwrap(),
  })
  .partial()
  .openapi("AlertingSettingsChange");

const path = "/api/v1/settings/alerting";
const guard = requireUser({ name: "all", resource: "alerting_settings" });
const common = { path, tags: ["Settings"], security: byToken };
const enforced = { 409: answer("They are set by the environment", errorsSchema) };

const read = createRoute({
  ...common,
  method: "get",
  middleware: [requireUser()],
  responses: { 200: answer("Without the password", shownSettings), ...unauthorized, ...notFound },
});
const create = createRoute({
  ...common,
  method: "post",
  middleware: [guard, logged({ type: "saving_alerting_settings", statuses: [201], metadata: bodyOf })],
  request: { body: { required: true, content: { "application/json": { schema: whole } } } },
  responses: {
    201: answer("What is in force now", shownSettings),
    ...unauthorized,
    ...forbidden,
    ...enforced,
    ...invalid,
    ...malformed,
  },
});
const update = createRoute({
  ...common,
  method: "patch",
  middleware: [guard, logged({ type: "changing_alerting_settings", statuses: [200], metadata: bodyOf })],
  request: { body: { required: true, content: { "application/json": { schema: change } } } },
  responses: {
    200: answer("What is in force now", shownSettings),
    ...unauthorized,
    ...forbidden,
    ...notFound,
    ...enforced,
    ...invalid,
    ...malformed,
  },
});
const test = createRoute({
  ...common,
  method: "post",
  path: `${path}/test`,
  middleware: [guard],
  responses: {
    200: answer("The mail server took a test mail", emptyAnswer),
    ...unauthorized,
    ...forbidden,
    ...notFound,
    422: answer("The mail could not be sent, with the reason", errorsSchema),
  },
});

const AGAIN = "The mail password must be given again with another server or port, or with less security.";
const MISSING = "Alerting settings not configured.";
const ENFORCED = "Alerting settings can not be changed, because they are set by the environment.";

async function store(env: Bindings, settings: AlertingSettings, password: string): Promise<void> {
  const smtp_password = await seal(password, PASSWORD_PURPOSE, env.SETTINGS_ENC_SECRET);
  const row = { settings, smtp_password };
  await databaseOf(env)
    .insert(table)
    .values({ only: 1, ...row })
    .onConflictDoUpdate({ target: table.only, set: row });
}

export const showSettings = ({
  settings,
  enforcedFromEnv,
}: Pick<KnownSettings, "settings" | "enforcedFromEnv">) => ({
  ...settings,
  enforced_from_env: enforcedFromEnv,
});

export const alertingSettings = newRouter()
  .openapi(read, async (c) => {
    const known = await readAlertingSettings(c.env);
    if (known === null) return c.json(errorsOf(404, MISSING), 404);
    return c.json(showSettings(known), 200);
  })
  .openapi(create, async (c) => {
    const known = await readAlertingSettings(c.env);
    if (known?.enforcedFromEnv) return c.json(errorsOf(409, ENFORCED), 409);
    if (known !== null) return c.json(errorsOf(422, "Alerting settings have already been set."), 422);
    const { smtp_password, ...settings } = c.req.valid("json");
    await store(c.env, settings, smtp_password);
    return c.json(showSettings({ settings, enforcedFromEnv: false }), 201);
  })
  .openapi(update, async (c) => {
    const known = await readAlertingSettings(c.env);
    if (known === null) return c.json(errorsOf(404, MISSING), 404);
    if (known.enforcedFromEnv) return c.json(errorsOf(409, ENFORCED), 409);
    const { smtp_password, ...changed } = c.req.valid("json");
    const parsed = alertingSettingsSchema.safeParse({ ...known.settings, ...changed });
    if (!parsed.success) return c.json(invalidFields(requestIssues(parsed.error)), 422);
    const settings = parsed.data;
    if (smtp_password === undefined && known.password !== "" && exposesPassword(known.settings, settings))
      return c.json(invalidFields([{ path: ["smtp_password"], message: AGAIN }]), 422);
    await store(c.env, settings, smtp_password ?? known.password);
    return c.json(showSettings({ settings, enforcedFromEnv: false }), 200);
  })
  .openapi(test, async (c) => {
    if ((await readAlertingSettings(c.env)) === null) return c.json(errorsOf(404, MISSING), 404);
    const sent = await mailroomStub(c.env).sendTest();
    if (sent.status === "failed")
      return c.json(errorsOf(422, `The test mail could not be sent: ${sent.reason}`), 422);
    return c.json({}, 200);
  });

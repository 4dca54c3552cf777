/** Alerting: all that is to be known of it at once, and what to do about mails that could not be sent. */
import { createRoute, z } from "@hono/zod-openapi";
import { mailViewSchema } from "../../domain/alerts/mail-view.ts";
import { readAlertingSettings } from "../../durable-objects/mailroom/settings.ts";
import { mailroomStub } from "../../durable-objects/mailroom.ts";
import { shownSettings, showSettings } from "./alerting-settings.ts";
import {
  answer,
  byToken,
  emptyAnswer,
  forbidden,
  idParam,
  invalid,
  notFound,
  unauthorized,
} from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const mail = mailViewSchema.clone().openapi("AlertingMail");

const path = "/api/v1/alerting/mails";
const common = {
  tags: ["Alerting"],
  security: byToken,
  middleware: [requireUser({ name: "all", resource: "alerting_settings" })],
};
const params = z.object({ id: idParam("id") });

const overview = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/alerting",
  responses: {
    200: answer(
      "The settings, null where nobody has set any, and the mails",
      z.object({ settings: z.union([shownSettings, z.null()]), mails: z.array(mail) }),
    ),
    ...unauthorized,
    ...forbidden,
  },
});
const list = createRoute({
  ...common,
  method: "get",
  path,
  responses: { 200: answer("The newest first", z.array(mail)), ...unauthorized, ...forbidden },
});
const retry = createRoute({
  ...common,
  method: "post",
  path: `${path}/{id}/retry`,
  request: { params },
  responses: {
    202: answer("It is tried again", emptyAnswer),
    ...unauthorized,
    ...forbidden,
    ...notFound,
    ...invalid,
  },
});
const remove = createRoute({
  ...common,
  method: "delete",
  path: `${path}/{id}`,
  request: { params },
  responses: { 204: { description: "Removed" }, ...unauthorized, ...forbidden, ...notFound, ...invalid },
});

const NOT_FOUND = "The requested resource cannot be found.";

export const alerting = newRouter()
  .openapi(overview, async (c) => {
    const [known, mails] = await Promise.all([readAlertingSettings(c.env), mailroomStub(c.env).mails()]);
    return c.json({ settings: known === null ? null : showSettings(known), mails }, 200);
  })
  .openapi(list, async (c) => c.json(await mailroomStub(c.env).mails(), 200))
  .openapi(retry, async (c) => {
    const isFound = await mailroomStub(c.env).retry(c.req.valid("param").id);
    return isFound ? c.json({}, 202) : c.json(errorsOf(404, NOT_FOUND), 404);
  })
  .openapi(remove, async (c) => {
    const isFound = await mailroomStub(c.env).remove(c.req.valid("param").id);
    return isFound ? c.body(null, 204) : c.json(errorsOf(404, NOT_FOUND), 404);
  });

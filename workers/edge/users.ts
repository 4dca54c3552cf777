/** Users, as Trento's clients list them: the administrator, and what there is to be permitted. Others cannot be made yet. */
import { createRoute, z } from "@hono/zod-openapi";
import { knownAbilities } from "../auth/known-abilities.ts";
import { findUser, listUsers, type User } from "../auth/users.ts";
import { answer, byToken, forbidden, invalid, notFound, unauthorized } from "./answers.ts";
import { errorsOf, errorsSchema } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { addNotBuilt, notBuilt } from "./not-built.ts";
import { abilitySchema, commonOfUsers, shownOfUser } from "./profile.ts";
import { newRouter } from "./router.ts";

const userSchema = z
  .object({
    ...commonOfUsers,
    enabled: z.boolean(),
    password_change_requested_at: z.string().nullable(),
    totp_enabled_at: z.string().nullable(),
    last_login_at: z.string().nullable(),
  })
  .openapi("User");

const toItem = (user: User) => ({
  ...shownOfUser(user),
  enabled: true,
  password_change_requested_at: null,
  totp_enabled_at: null,
  last_login_at: null,
});

const PATH = "/api/v1/users";
const managing = { name: "all", resource: "users" };
const common = { tags: ["Users"], security: byToken, middleware: [requireUser(managing)] };
const params = z.object({
  id: z.coerce
    .number("is not a number")
    .int("is not a whole number")
    .min(1, "must be greater than 0")
    .max(2_147_483_647, "is too large")
    .openapi({ param: { name: "id", in: "path", required: true }, type: "integer", example: 1 }),
});

const list = createRoute({
  ...common,
  method: "get",
  path: PATH,
  responses: { 200: answer("By id", z.array(userSchema)), ...unauthorized, ...forbidden },
});
const one = createRoute({
  ...common,
  method: "get",
  path: `${PATH}/{id}`,
  request: { params },
  responses: { 200: answer("The user", userSchema), ...unauthorized, ...forbidden, ...notFound, ...invalid },
});
const abilities = createRoute({
  ...common,
  middleware: [requireUser()],
  method: "get",
  path: "/api/v1/abilities",
  responses: { 200: answer("What a user may be permitted", z.array(abilitySchema)), ...unauthorized },
});

const NOT_FOUND = errorsOf(404, "The requested resource cannot be found.");

export const users = newRouter()
  .openapi(list, async (c) => c.json((await listUsers(c.env)).map(toItem), 200))
  .openapi(one, async (c) => {
    const user = await findUser(c.env, c.req.valid("param").id);
    if (user === null) return c.json(NOT_FOUND, 404);
    c.header("etag", "1");
    return c.json(toItem(user), 200);
  })
  .openapi(abilities, (c) => c.json([...knownAbilities], 200));

for (const method of ["put", "patch", "delete"] as const) {
  const change = createRoute({
    ...common,
    method,
    path: `${PATH}/{id}`,
    description: "The administrator comes from the environment; others cannot be made yet.",
    request: { params },
    responses: {
      ...unauthorized,
      403: answer("The user lacks the ability, or it is the administrator", errorsSchema),
      ...notFound,
      ...invalid,
    },
  });
  users.openapi(change, async (c) => {
    const user = await findUser(c.env, c.req.valid("param").id);
    if (user === null) return c.json(NOT_FOUND, 404);
    return c.json(errorsOf(403, "You can't perform the operation or access the resource."), 403);
  });
}

addNotBuilt(users, {
  method: "post",
  path: PATH,
  tags: common.tags,
  abilities: [managing],
  status: 501,
  errors: notBuilt("Further users are not available yet.", "username"),
});

const token = createRoute({
  ...common,
  method: "delete",
  path: `${PATH}/{id}/tokens/{token_id}`,
  description: "There are no tokens yet.",
  request: { params: params.extend({ token_id: z.guid("has invalid format") }) },
  responses: { ...unauthorized, ...forbidden, ...notFound, ...invalid },
});
users.openapi(token, (c) => c.json(NOT_FOUND, 404));

/** Who may come in: users with an access token, agents with the API key. */
import { createMiddleware } from "hono/factory";
import { isApiKey } from "../auth/api-key.ts";
import { signedIn } from "../auth/signed-in.ts";
import { type Ability, isAble } from "../auth/users.ts";
import type { EdgeContext } from "./context.ts";
import { fail } from "./errors.ts";

const BEARER = /^Bearer (\S+)$/i;

/** Needs a signed-in user and, where some are named, one of these abilities. */
export function requireUser(...abilities: readonly Ability[]) {
  return createMiddleware<EdgeContext>(async (c, next) => {
    const known = await signedIn(c.env, BEARER.exec(c.req.header("Authorization") ?? "")?.[1]);
    if (known === null) return c.json({ error: "Unauthorized" as const }, 401);
    const { user } = known;
    if (abilities.length > 0 && !abilities.some((ability) => isAble(user, ability))) {
      return fail(c, 403, "You can't perform the operation or access the resource.");
    }
    c.set("user", user);
    return next();
  });
}

export const requireApiKey = createMiddleware<EdgeContext>(async (c, next) => {
  const key = c.req.header("X-Trento-ApiKey");
  if (key === undefined || !(await isApiKey(key, c.env)))
    return c.json({ error: "Unauthorized" as const }, 401);
  return next();
});

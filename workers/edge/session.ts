/** Sign-in, refresh and introspection of tokens. */
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { recordFailure } from "../activity-log.ts";
import { signedIn } from "../auth/signed-in.ts";
import { ACCESS_TOKEN_LIFE, issueAccessToken, issueRefreshToken, verifyToken } from "../auth/tokens.ts";
import { authenticate, findUser } from "../auth/users.ts";
import { bodyOf, logged } from "./activity.ts";
import { answer, invalid, malformed } from "./answers.ts";
import type { EdgeContext } from "./context.ts";
import { errorsOf, errorsSchema } from "./errors.ts";
import { newRouter } from "./router.ts";

const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { "application/json": { schema } } },
});

const WRONG_CREDENTIALS = "Invalid credentials.";

/** From where a request comes, as the platform says, or the front of a self-hosted server. */
const CLIENT_ADDRESS = "CF-Connecting-IP";

/** Whoever somebody claims to be. */
async function nameIn(c: Context<EdgeContext>): Promise<string> {
  return String((await bodyOf(c)).username);
}

const login = createRoute({
  method: "post",
  path: "/api/session",
  tags: ["Session"],
  middleware: [
    logged({ type: "login_attempt", statuses: [200], metadata: () => ({}), actor: nameIn }),
    logged({
      type: "login_attempt",
      statuses: [401],
      metadata: async (c) => ({
        username: await nameIn(c),
        reason: WRONG_CREDENTIALS,
        ...(c.req.header(CLIENT_ADDRESS) === undefined ? {} : { address: c.req.header(CLIENT_ADDRESS) }),
      }),
      actor: nameIn,
      write: recordFailure,
    }),
  ],
  request: body(
    z
      .strictObject({
        username: z.string().max(256),
        password: z.string().max(1024),
        totp_code: z
          .string()
          .regex(/^[0-9]{6}$/, "has invalid format")
          .optional(),
      })
      .openapi("Credentials"),
  ),
  responses: {
    200: answer(
      "Signed in",
      z
        .object({ access_token: z.string(), expires_in: z.int(), refresh_token: z.string() })
        .openapi("Tokens"),
    ),
    401: answer("Wrong credentials", errorsSchema),
    429: {
      ...answer("Too many sign in at the same time", errorsSchema),
      headers: z.object({ "Retry-After": z.string().openapi({ description: "Seconds", example: "2" }) }),
    },
    ...invalid,
    ...malformed,
  },
});

const refresh = createRoute({
  method: "post",
  path: "/api/session/refresh",
  tags: ["Session"],
  request: body(z.strictObject({ refresh_token: z.string().max(4096) }).openapi("Refresh")),
  responses: {
    200: answer(
      "A new access token",
      z.object({ access_token: z.string(), expires_in: z.int() }).openapi("RefreshedToken"),
    ),
    401: answer("Not a valid refresh token", errorsSchema),
    ...invalid,
    ...malformed,
  },
});

const activeToken = z.object({
  active: z.literal(true),
  sub: z.int(),
  abilities: z.array(z.object({ name: z.string(), resource: z.string() })),
  exp: z.int(),
  iat: z.int(),
  nbf: z.int(),
  iss: z.string(),
  aud: z.string(),
  jti: z.string(),
  typ: z.string(),
});

const introspect = createRoute({
  method: "post",
  path: "/api/session/token/introspect",
  tags: ["Session"],
  request: body(z.strictObject({ token: z.string().max(4096) }).openapi("Token")),
  responses: {
    200: answer(
      "What the token is worth",
      z.union([z.object({ active: z.literal(false) }), activeToken]).openapi("Introspection"),
    ),
    ...invalid,
    ...malformed,
  },
});

export const session = newRouter()
  .openapi(login, async (c) => {
    const { username, password } = c.req.valid("json");
    const turn = await authenticate(c.env, username, password);
    if (turn.status === "busy") {
      c.header("Retry-After", String(turn.retryAfter));
      return c.json(errorsOf(429, "Too many sign in at the same time. Try again later."), 429);
    }
    const user = turn.result;
    if (user === null) return c.json(errorsOf(401, WRONG_CREDENTIALS), 401);
    const [access_token, refresh_token] = await Promise.all([
      issueAccessToken(user.id, c.env.ACCESS_TOKEN_ENC_SECRET),
      issueRefreshToken(user.id, c.env.REFRESH_TOKEN_ENC_SECRET),
    ]);
    return c.json({ access_token, expires_in: ACCESS_TOKEN_LIFE, refresh_token }, 200);
  })
  .openapi(refresh, async (c) => {
    const { refresh_token } = c.req.valid("json");
    const claims = await verifyToken(refresh_token, "Refresh", c.env.REFRESH_TOKEN_ENC_SECRET);
    const user = claims === null ? null : await findUser(c.env, claims.sub);
    if (user === null) return c.json(errorsOf(401, "Invalid refresh token."), 401);
    const access_token = await issueAccessToken(user.id, c.env.ACCESS_TOKEN_ENC_SECRET);
    return c.json({ access_token, expires_in: ACCESS_TOKEN_LIFE }, 200);
  })
  .openapi(introspect, async (c) => {
    const known = await signedIn(c.env, c.req.valid("json").token);
    if (known === null) return c.json({ active: false as const }, 200);
    return c.json({ active: true as const, ...known.claims, abilities: [...known.user.abilities] }, 200);
  });

/** Who is signed in, as Trento's clients ask for it. There is the administrator alone, who cannot be changed there either. */
import { createRoute, z } from "@hono/zod-openapi";
import { withLabels } from "../auth/known-abilities.ts";
import type { User } from "../auth/users.ts";
import { answer, byToken, unauthorized } from "./answers.ts";
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { addNotBuilt, notBuilt } from "./not-built.ts";
import { newRouter } from "./router.ts";

export const abilitySchema = z
  .object({ id: z.int(), name: z.string(), resource: z.string(), label: z.string() })
  .openapi("Ability");

const tokenSchema = z
  .object({ id: z.guid(), name: z.string(), created_at: z.string(), expires_at: z.string().nullable() })
  .openapi("PersonalAccessToken");

/** What a profile and an entry of the list of users have in common. */
export const commonOfUsers = {
  id: z.int(),
  username: z.string(),
  fullname: z.string(),
  email: z.string(),
  idp_user: z.boolean(),
  abilities: z.array(abilitySchema),
  personal_access_tokens: z.array(tokenSchema),
  analytics_enabled: z.boolean(),
  timezone: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
};

const profileSchema = z
  .object({
    ...commonOfUsers,
    password_change_requested: z.boolean(),
    totp_enabled: z.boolean(),
    analytics_eula_accepted: z.boolean(),
    ai_configuration: z.object({ provider: z.string(), model: z.string() }).nullable(),
  })
  .openapi("Profile");

/** What is not kept of users yet is as Trento's installation makes it for the administrator. */
export function shownOfUser({ id, username, abilities, created_at, updated_at }: User) {
  const personal_access_tokens: z.infer<typeof tokenSchema>[] = [];
  return {
    id,
    username,
    fullname: "Trento Default Admin",
    email: "admin@trento.suse.com",
    idp_user: false,
    abilities: withLabels(abilities),
    personal_access_tokens,
    analytics_enabled: false,
    timezone: "Etc/UTC",
    created_at,
    updated_at,
  };
}

const PATH = "/api/v1/profile";
const AI = `${PATH}/ai_configuration`;
const tags = ["Profile"];

const read = createRoute({
  method: "get",
  path: PATH,
  tags,
  security: byToken,
  middleware: [requireUser()],
  responses: { 200: answer("Who is signed in", profileSchema), ...unauthorized },
});

const clearAssistant = createRoute({
  method: "delete",
  path: AI,
  tags,
  security: byToken,
  middleware: [requireUser()],
  responses: { 204: { description: "There is none" }, ...unauthorized },
});

export const profile = newRouter()
  .openapi(read, (c) => {
    const shown = {
      ...shownOfUser(c.get("user")),
      password_change_requested: false,
      totp_enabled: false,
      // Nothing is sent to anybody, so nobody has to be asked.
      analytics_eula_accepted: true,
      ai_configuration: null,
    };
    return c.json(shown, 200);
  })
  .openapi(clearAssistant, (c) => c.body(null, 204));

/** As with Trento: the administrator comes from the environment, and is not changed over the API. */
const shielded = {
  tags,
  status: 403,
  errors: errorsOf(403, "You can't perform the operation or access the resource."),
} as const;
const missing = {
  tags,
  status: 404,
  errors: errorsOf(404, "The requested resource cannot be found."),
} as const;
const TOTP = `${PATH}/totp_enrollment`;
const NO_TOKENS = "Personal access tokens are not available yet.";
const NO_ASSISTANT = "The AI assistant is not available.";

addNotBuilt(profile, { ...shielded, method: "patch", path: PATH });
addNotBuilt(profile, { ...shielded, method: "get", path: TOTP });
addNotBuilt(profile, { ...shielded, method: "post", path: TOTP });
addNotBuilt(profile, { ...shielded, method: "delete", path: TOTP });
addNotBuilt(profile, {
  tags,
  method: "post",
  path: `${PATH}/tokens`,
  status: 501,
  errors: notBuilt(NO_TOKENS, "name"),
});
addNotBuilt(profile, { ...missing, method: "delete", path: `${PATH}/tokens/{token_id}` });
addNotBuilt(profile, { tags, method: "post", path: AI, status: 501, errors: notBuilt(NO_ASSISTANT) });
addNotBuilt(profile, { ...missing, method: "patch", path: AI });

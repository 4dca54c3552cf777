/** The API key of the agents: one key, which rotating revokes. */
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { apiKeySettings } from "../read-models/tables.ts";
import { type ApiKeySettings, verifyApiKey } from "./tokens.ts";

/** Milliseconds for which an isolate trusts the settings it has read: so long a rotated key may live on elsewhere. */
const TRUSTED_FOR = 5_000;
/** Keys whose signature was found good, so that not every request pays for it. */
const MAX_VERIFIED = 100;

let trusted: { readonly settings: ApiKeySettings; readonly until: number; readonly db: D1Database } | null =
  null;
const verified = new Map<string, { jti: string; exp: number }>();

/** The settings, made at first use. */
export async function readApiKeySettings(env: Bindings): Promise<ApiKeySettings> {
  const db = databaseOf(env);
  const fresh = {
    only: 1,
    jti: crypto.randomUUID(),
    created_at: new Date().toISOString(),
    expire_at: null,
    correlation_id: null,
  };
  const [, rows] = await db.batch([
    db.insert(apiKeySettings).values(fresh).onConflictDoNothing(),
    db.select().from(apiKeySettings),
  ]);
  return trust(env, rows[0] ?? fresh);
}

/** Issues another key; the old one is worth nothing from now on. @param correlationId of the request for it */
export async function rotateApiKey(
  env: Bindings,
  expireAt: string | null,
  correlationId: string,
): Promise<ApiKeySettings> {
  const settings = {
    jti: crypto.randomUUID(),
    created_at: new Date().toISOString(),
    expire_at: expireAt,
    correlation_id: correlationId,
  };
  await databaseOf(env)
    .insert(apiKeySettings)
    .values({ only: 1, ...settings })
    .onConflictDoUpdate({ target: apiKeySettings.only, set: settings });
  return trust(env, settings);
}

export async function isApiKey(key: string, env: Bindings): Promise<boolean> {
  const claims = verified.get(key) ?? (await verifyApiKey(key, env.ACCESS_TOKEN_ENC_SECRET));
  if (claims === null || claims.exp * 1000 <= Date.now()) return false;
  if (verified.size >= MAX_VERIFIED) verified.clear();
  verified.set(key, claims);
  const isTrusted = trusted !== null && trusted.db === env.DB && trusted.until > Date.now();
  const settings = isTrusted && trusted !== null ? trusted.settings : await readApiKeySettings(env);
  return settings.jti === claims.jti;
}

function trust(env: Bindings, settings: ApiKeySettings): ApiKeySettings {
  trusted = { settings, until: Date.now() + TRUSTED_FOR, db: env.DB };
  return settings;
}

/** Warns of the agents' key when it is about to expire, once a day. */
import { z } from "zod";
import { mailAboutApiKey } from "../../domain/alerts/message.ts";
import type { DurableObjectBindings } from "../bindings.ts";
import { mailroomStub } from "../mailroom.ts";

const DAY = 24 * 60 * 60_000;
const WARNED_BEFORE = 30;

const rowSchema = z.object({ jti: z.string(), expire_at: z.string().nullable() });

export async function warnOfExpiringKey(env: DurableObjectBindings): Promise<void> {
  const row = await env.DB.prepare("SELECT jti, expire_at FROM api_key_settings").first();
  if (row === null) return;
  const { jti, expire_at } = rowSchema.parse(row);
  if (expire_at === null) return;
  const now = Date.now();
  const days = Math.floor((Date.parse(expire_at) - now) / DAY);
  if (days >= WARNED_BEFORE) return;
  const today = new Date(now).toISOString().slice(0, 10);
  await mailroomStub(env).reportMail(`api_key/${jti}/${today}`, mailAboutApiKey(days));
}

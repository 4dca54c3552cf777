/** An endpoint, as its object reads it from the tables. */
import { z } from "zod";
import { signatureSchema } from "../../domain/webhooks/endpoint.ts";
import { unseal } from "../sealed.ts";

export interface Endpoint {
  readonly url: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly signature: z.infer<typeof signatureSchema>;
  /** The present secret first; one that was replaced is valid for a while. As raw bytes in base64. */
  readonly secrets: readonly string[];
}

/** What secrets of endpoints are sealed for. */
export const SECRET_PURPOSE = "webhooks/secret";

const rowSchema = z.object({
  url: z.string(),
  description: z.string(),
  enabled: z.number(),
  signature: signatureSchema,
  secret: z.string(),
  old_secret: z.string().nullable(),
  old_secret_until: z.string().nullable(),
});

export interface EndpointEnvironment {
  readonly DB: D1Database;
  readonly SETTINGS_ENC_SECRET: string;
}

/** Null for one that was removed. */
export async function readEndpoint(
  env: EndpointEnvironment,
  id: string,
  now: number,
): Promise<Endpoint | null> {
  const found = await env.DB.prepare("SELECT * FROM webhook_endpoints WHERE id = ?").bind(id).first();
  if (found === null) return null;
  const row = rowSchema.parse(found);
  const isOldValid = row.old_secret_until !== null && Date.parse(row.old_secret_until) > now;
  const sealed = [row.secret, ...(isOldValid && row.old_secret !== null ? [row.old_secret] : [])];
  const secrets = await Promise.all(
    sealed.map((one) => unseal(one, SECRET_PURPOSE, env.SETTINGS_ENC_SECRET)),
  );
  const { url, description, signature } = row;
  return { url, description, enabled: row.enabled === 1, signature, secrets };
}

/** Nothing is sent there any more, until somebody enables it again. */
export async function disableEndpoint(
  { DB }: EndpointEnvironment,
  id: string,
  reason: string,
): Promise<void> {
  await DB.prepare(
    "UPDATE webhook_endpoints SET enabled = 0, disabled_reason = ?, updated_at = ? WHERE id = ? AND enabled = 1",
  )
    .bind(reason, new Date().toISOString(), id)
    .run();
}

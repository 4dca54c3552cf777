/** The API key of a self-hosted server, so that it can be printed: made from the same settings as by the Worker. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { apiKeyOf } from "../../../workers/auth/tokens.ts";
import type { Database } from "../runtime/database.ts";

const rowSchema = z.object({ jti: z.string(), created_at: z.string(), expire_at: z.string().nullable() });

export async function issueApiKeyOf(db: Database, secret: string): Promise<string> {
  await db
    .prepare("INSERT OR IGNORE INTO api_key_settings (only, jti, created_at) VALUES (1, ?, ?)")
    .bind(randomUUID(), new Date().toISOString())
    .run();
  const row = await db.prepare("SELECT jti, created_at, expire_at FROM api_key_settings").first();
  if (row === null) throw new Error("the settings of the API key are missing");
  return apiKeyOf(rowSchema.parse(row), secret);
}

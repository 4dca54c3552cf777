/** Secrets of a self-hosted server: made at the first start, kept in its data directory. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { hashPassword } from "../../workers/auth/passwords.ts";

const secretsSchema = z.object({
  accessTokenSecret: z.string(),
  refreshTokenSecret: z.string(),
  /** Made later than the others: a data directory of an earlier version has none. */
  settingsSecret: z.string().optional(),
  /** Of the generated password; the password itself is printed once and kept nowhere. */
  adminPasswordHash: z.string().nullable(),
});
type StoredSecrets = z.infer<typeof secretsSchema>;
export type Secrets = StoredSecrets & { readonly settingsSecret: string };

export interface LoadedSecrets {
  readonly secrets: Secrets;
  readonly isFirstStart: boolean;
  /** The password when it was made just now. */
  readonly generatedPassword: string | null;
}

async function read(file: string): Promise<StoredSecrets | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : secretsSchema.parse(JSON.parse(text));
}

/** @param givenPassword from the environment; one is generated when there is none, and none was generated before */
export async function loadSecrets(
  dataDir: string,
  givenPassword: string | undefined,
): Promise<LoadedSecrets> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "secrets.json");
  const stored = await read(file);
  const needsPassword = givenPassword === undefined && (stored?.adminPasswordHash ?? null) === null;
  const generatedPassword = needsPassword ? randomBytes(18).toString("base64url") : null;
  const secrets: Secrets = {
    accessTokenSecret: stored?.accessTokenSecret ?? randomBytes(48).toString("base64url"),
    refreshTokenSecret: stored?.refreshTokenSecret ?? randomBytes(48).toString("base64url"),
    settingsSecret: stored?.settingsSecret ?? randomBytes(48).toString("base64url"),
    adminPasswordHash:
      generatedPassword === null
        ? (stored?.adminPasswordHash ?? null)
        : await hashPassword(generatedPassword),
  };
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return { secrets, isFirstStart: stored === null, generatedPassword };
}

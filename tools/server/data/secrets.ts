/** Secrets of a self-hosted server: made at the first start, kept in its data directory. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { hashPassword, verifyPassword } from "../../../workers/auth/passwords.ts";
import { replaceFile } from "./whole-file.ts";

const secretsSchema = z.object({
  accessTokenSecret: z.string(),
  refreshTokenSecret: z.string(),
  /** Made later than the others: a data directory of an earlier version has none. */
  settingsSecret: z.string().optional(),
  /** The password itself is printed once when it was generated, and kept nowhere. */
  adminPasswordHash: z.string().nullable(),
  /** False from the first start until it has been said what nobody can look up later. Earlier versions did not write it. */
  introduced: z.boolean().optional(),
});
type StoredSecrets = z.infer<typeof secretsSchema>;
export type Secrets = StoredSecrets & { readonly settingsSecret: string };

export interface LoadedSecrets {
  readonly secrets: Secrets;
  /** Or nobody has been told yet what is said at the first start, since that start failed. */
  readonly isFirstStart: boolean;
  /** The password when it was made just now. */
  readonly generatedPassword: string | null;
  /** What was made just now has been told: it is not made anew at the next start. */
  readonly markIntroduced: () => void;
}

function read(file: string): StoredSecrets | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    // Made anew, they would leave everything that they sealed unreadable.
    throw new Error(
      `${file} is damaged: put it back from a backup, or remove it to have new secrets made (then agents need the new API key, and passwords among the settings must be given again)`,
    );
  }
}

async function hashOf(password: string, stored: string | null): Promise<string> {
  return stored !== null && (await verifyPassword(password, stored)) ? stored : hashPassword(password);
}

/** @param givenPassword from the environment, and from then on the administrator's; without any, one is generated */
export async function loadSecrets(
  dataDir: string,
  givenPassword: string | undefined,
): Promise<LoadedSecrets> {
  const file = join(dataDir, "secrets.json");
  const stored = read(file);
  const isFirstStart = stored === null || stored.introduced === false;
  const storedHash = stored?.adminPasswordHash ?? null;
  const needsPassword = givenPassword === undefined && (isFirstStart || storedHash === null);
  const generatedPassword = needsPassword ? randomBytes(18).toString("base64url") : null;
  const password = givenPassword ?? generatedPassword;
  const secrets: Secrets = {
    accessTokenSecret: stored?.accessTokenSecret ?? randomBytes(48).toString("base64url"),
    refreshTokenSecret: stored?.refreshTokenSecret ?? randomBytes(48).toString("base64url"),
    settingsSecret: stored?.settingsSecret ?? randomBytes(48).toString("base64url"),
    adminPasswordHash: password === null ? storedHash : await hashOf(password, storedHash),
  };
  const keep = (introduced: boolean) =>
    replaceFile(file, `${JSON.stringify({ ...secrets, introduced }, null, 2)}\n`);
  keep(!isFirstStart && generatedPassword === null);
  return { secrets, isFirstStart, generatedPassword, markIntroduced: () => keep(true) };
}

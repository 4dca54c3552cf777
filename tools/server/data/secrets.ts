/** Secrets of a self-hosted server: made at the first start, kept in its data directory. */
import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { hashPassword, verifyPassword } from "../../../workers/auth/passwords.ts";

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

async function read(file: string): Promise<StoredSecrets | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : secretsSchema.parse(JSON.parse(text));
}

/** Whole or not at all: a server that is ended while it writes must find its secrets again. */
function replace(file: string, text: string): void {
  const next = `${file}.next`;
  writeFileSync(next, text, { mode: 0o600, flush: true });
  renameSync(next, file);
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
  const stored = await read(file);
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
    replace(file, `${JSON.stringify({ ...secrets, introduced }, null, 2)}\n`);
  keep(!isFirstStart && generatedPassword === null);
  return { secrets, isFirstStart, generatedPassword, markIntroduced: () => keep(true) };
}

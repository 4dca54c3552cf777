/** The first start is over once somebody was told what cannot be looked up later. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyPassword } from "../../../workers/auth/passwords.ts";
import { type LoadedSecrets, loadSecrets } from "./secrets.ts";

let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "trento-edge-secrets-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const isPassword = ({ secrets }: LoadedSecrets, password: string) =>
  verifyPassword(password, secrets.adminPasswordHash ?? "");

describe("a first start", () => {
  it("makes a password, and another one as long as none was told", async () => {
    const failed = await loadSecrets(dataDir, undefined);
    const next = await loadSecrets(dataDir, undefined);
    expect([failed.isFirstStart, next.isFirstStart]).toEqual([true, true]);
    expect(await isPassword(next, next.generatedPassword ?? "")).toBe(true);
    expect(next.generatedPassword).not.toBe(failed.generatedPassword);
    // What may have been signed or sealed meanwhile stays good.
    expect(next.secrets.accessTokenSecret).toBe(failed.secrets.accessTokenSecret);
  });

  it("is over when it was told", async () => {
    const first = await loadSecrets(dataDir, undefined);
    first.markIntroduced();
    const second = await loadSecrets(dataDir, undefined);
    expect([second.isFirstStart, second.generatedPassword]).toEqual([false, null]);
    expect(await isPassword(second, first.generatedPassword ?? "")).toBe(true);
  });

  it("was over in a directory of an earlier version", async () => {
    const first = await loadSecrets(dataDir, undefined);
    writeFileSync(
      join(dataDir, "secrets.json"),
      JSON.stringify({ ...first.secrets, settingsSecret: undefined }),
    );
    const second = await loadSecrets(dataDir, undefined);
    expect([second.isFirstStart, second.generatedPassword]).toEqual([false, null]);
  });
});

describe("a given password", () => {
  it("takes the place of the one before, for good", async () => {
    (await loadSecrets(dataDir, undefined)).markIntroduced();
    (await loadSecrets(dataDir, "given once")).markIntroduced();
    const later = await loadSecrets(dataDir, undefined);
    expect(later.generatedPassword).toBeNull();
    expect(await isPassword(later, "given once")).toBe(true);
  });

  it("is hashed once", async () => {
    (await loadSecrets(dataDir, "the same")).markIntroduced();
    const before = readFileSync(join(dataDir, "secrets.json"), "utf8");
    (await loadSecrets(dataDir, "the same")).markIntroduced();
    expect(readFileSync(join(dataDir, "secrets.json"), "utf8")).toBe(before);
  });
});

it("makes a password that is told where an earlier version kept none, since one was given", async () => {
  const first = await loadSecrets(dataDir, "given");
  writeFileSync(join(dataDir, "secrets.json"), JSON.stringify({ ...first.secrets, adminPasswordHash: null }));
  const failed = await loadSecrets(dataDir, undefined);
  const second = await loadSecrets(dataDir, undefined);
  expect(failed.generatedPassword).not.toBeNull();
  expect(second.generatedPassword).not.toBeNull();
  second.markIntroduced();
  expect((await loadSecrets(dataDir, undefined)).generatedPassword).toBeNull();
});

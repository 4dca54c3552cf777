/** What is wrong with a certificate is said in words. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCertificate } from "./certificate.ts";
import { CertificatesUnderTest } from "./certificates-under-test.ts";
import { certificateFilesOf } from "./options.ts";

const certificates = new CertificatesUnderTest();
const fitting = certificates.make("one");
const other = certificates.make("other");
const nonsense = join(certificates.folder, "nonsense");
writeFileSync(nonsense, "nonsense");
const missing = join(certificates.folder, "missing");
const locked = certificates.lock(fitting);
const DAY = 86_400_000;

afterAll(() => certificates.end());

it("a certificate that fits its key is taken", async () => {
  expect(await readCertificate(fitting, Date.now())).toEqual({
    cert: expect.stringContaining("BEGIN CERTIFICATE"),
    key: expect.stringContaining("PRIVATE KEY"),
  });
});

it.each([
  [
    { ...fitting, key: other.key },
    `TLS_KEY ${other.key} is not the key of the certificate in TLS_CERT ${fitting.certificate}`,
  ],
  [{ ...fitting, certificate: missing }, `TLS_CERT ${missing} cannot be read: there is no such file`],
  [
    { ...fitting, key: certificates.folder },
    `TLS_KEY ${certificates.folder} cannot be read: it is a directory`,
  ],
  [{ ...fitting, certificate: nonsense }, `TLS_CERT ${nonsense} has no certificate in PEM form`],
  [{ ...fitting, certificate: fitting.key }, `TLS_CERT ${fitting.key} has no certificate in PEM form`],
  [{ ...fitting, key: nonsense }, `TLS_KEY ${nonsense} has no private key in PEM form`],
  [{ ...fitting, key: locked }, `TLS_KEY ${locked} needs a passphrase, which nobody can enter here`],
])("%j is refused", async (files, words) => {
  await expect(readCertificate(files, Date.now())).rejects.toThrow(words);
});

it("one that is over is refused", async () => {
  await expect(readCertificate(fitting, Date.now() + 3 * DAY)).rejects.toThrow(
    `the certificate in TLS_CERT ${fitting.certificate} expired on `,
  );
});

describe("the environment", () => {
  it("names both files, or none", () => {
    expect(certificateFilesOf({ TLS_CERT: "", TLS_KEY: "" })).toBeNull();
    expect(certificateFilesOf({ TLS_CERT: "c", TLS_KEY: "k" })).toEqual({ certificate: "c", key: "k" });
    expect(() => certificateFilesOf({ TLS_CERT: "c" })).toThrow("TLS_KEY is missing");
    expect(() => certificateFilesOf({ TLS_KEY: "k" })).toThrow("TLS_CERT is missing");
  });
});

/** Whom the runtime is told to trust besides. */
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterEach, beforeEach, expect, it } from "vitest";
import { extraCertificates } from "./certificates.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trento-edge-certificates-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(content: string): string {
  const file = join(folder, "certificates.pem");
  writeFileSync(file, content);
  return file;
}

it("takes every certificate of a file, with whatever stands between them", () => {
  const [one = "", other = ""] = rootCertificates;
  const file = fileOf(`# Ours\r\n${one.replaceAll("\n", "\r\n")}\r\nSubject: another\n${other}`);
  const fingerprints = (all: string[]) => all.map((pem) => new X509Certificate(pem).fingerprint256);
  const found = extraCertificates(file);
  expect(fingerprints(found)).toEqual(fingerprints([one, other]));
  expect(found.join("")).not.toContain("\r");
});

it("is nobody where no file is named", () => {
  expect([extraCertificates(undefined), extraCertificates("")]).toEqual([[], []]);
});

it.each([
  ["is not there", null],
  ["is empty", ""],
  ["has a certificate that is none", "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n"],
])("says so of a file that %s", (_, content) => {
  const file = content === null ? join(folder, "nothing.pem") : fileOf(content);
  expect(() => extraCertificates(file)).toThrow(`NODE_EXTRA_CA_CERTS names ${file}, which cannot be read: `);
});

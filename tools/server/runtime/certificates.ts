/** Whom the runtime trusts besides the usual ones: it does not read `NODE_EXTRA_CA_CERTS` by itself. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @returns PEM, one each. @throws in words when the file is none of certificates: nobody would be told why mail fails */
export function extraCertificates(file: string | undefined): string[] {
  if (!file) return [];
  try {
    const found = readFileSync(file, "utf8").match(CERTIFICATE) ?? [];
    if (found.length === 0) throw new Error("there is no certificate in it");
    return found.map((pem) => new X509Certificate(pem).toString());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`NODE_EXTRA_CA_CERTS names ${file}, which cannot be read: ${reason}`);
  }
}

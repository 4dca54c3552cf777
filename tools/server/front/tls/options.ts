/** Where the certificate is, by the environment. */
import type { CertificateFiles } from "./certificate.ts";

/** @throws when only one of both is given */
export function certificateFilesOf({ TLS_CERT, TLS_KEY }: NodeJS.ProcessEnv): CertificateFiles | null {
  if (!TLS_CERT && !TLS_KEY) return null;
  if (!TLS_KEY)
    throw new Error("TLS_KEY is missing: the file with the private key of the certificate in TLS_CERT");
  if (!TLS_CERT) throw new Error("TLS_CERT is missing: the file with the certificate of the key in TLS_KEY");
  return { certificate: TLS_CERT, key: TLS_KEY };
}

/** Reads a certificate and its key from files, and says in words what is wrong with them. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContextOptions } from "node:tls";

export interface CertificateFiles {
  /** Path of the certificate and those it is signed with, in PEM. */
  readonly certificate: string;
  /** Path of its private key, in PEM. */
  readonly key: string;
}

async function read(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: "there is no such file",
      EACCES: "this user may not read it",
      EISDIR: "it is a directory",
    };
    throw new Error(`${name} ${path} cannot be read: ${reasons[String(code)] ?? String(error)}`, {
      cause: error,
    });
  }
}

function certificateIn(pem: string, path: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new Error(`TLS_CERT ${path} has no certificate in PEM form`, { cause: error });
  }
}

function keyIn(pem: string, path: string): KeyObject {
  if (pem.includes("ENCRYPTED"))
    throw new Error(`TLS_KEY ${path} needs a passphrase, which nobody can enter here`);
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new Error(`TLS_KEY ${path} has no private key in PEM form`, { cause: error });
  }
}

/** @throws an error that says what is wrong. @param now milliseconds since the epoch */
export async function readCertificate(
  { certificate, key }: CertificateFiles,
  now: number,
): Promise<SecureContextOptions> {
  const [cert, privateKey] = await Promise.all([read("TLS_CERT", certificate), read("TLS_KEY", key)]);
  const first = certificateIn(cert, certificate);
  if (!first.checkPrivateKey(keyIn(privateKey, key)))
    throw new Error(`TLS_KEY ${key} is not the key of the certificate in TLS_CERT ${certificate}`);
  if (first.validToDate.getTime() <= now)
    throw new Error(
      `the certificate in TLS_CERT ${certificate} expired on ${first.validToDate.toISOString()}`,
    );
  const context = { cert, key: privateKey };
  try {
    createSecureContext(context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`TLS_CERT ${certificate} cannot be used: ${reason}`, { cause: error });
  }
  return context;
}

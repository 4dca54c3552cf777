/** Takes over a certificate that was renewed: from then on new connections have it, and those that are there go on. */
import { stat } from "node:fs/promises";
import type { SecureContextOptions } from "node:tls";
import { type CertificateFiles, readCertificate } from "./certificate.ts";

/** Milliseconds between two looks at the files. Names may be links that are changed as a whole, which no system tells of. */
const BETWEEN_LOOKS = 5_000;

async function stateOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found === null ? "gone" : [found.ino, found.size, found.mtimeMs, found.ctimeMs].join();
}

export interface Renewal {
  stop(): void;
}

/** @param take is given what the files have, whenever they changed and fit */
export async function watchCertificate(
  files: CertificateFiles,
  take: (context: SecureContextOptions) => void,
  tell: (line: string) => void,
  betweenLooks = BETWEEN_LOOKS,
): Promise<Renewal> {
  const stateOfBoth = async () => (await Promise.all([files.certificate, files.key].map(stateOf))).join(" ");
  let known = await stateOfBoth();
  let changing = known;
  const look = async () => {
    const now = await stateOfBoth();
    const isSettled = now === changing;
    changing = now;
    // Two files are not written at once: what has just changed is left to the next look.
    if (now === known || !isSettled) return;
    known = now;
    try {
      take(await readCertificate(files, Date.now()));
      tell(`the certificate in ${files.certificate} was renewed`);
    } catch (error) {
      tell(`the former certificate stays: ${error instanceof Error ? error.message : error}`);
    }
  };
  const timer = setInterval(() => {
    look().catch((error) => tell(`the certificate cannot be looked at: ${error}`));
  }, betweenLooks);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Certificates of tests: signed by themselves. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CertificateFiles } from "./certificate.ts";

export class CertificatesUnderTest {
  readonly folder = mkdtempSync(join(tmpdir(), "front-tls-"));

  /** Valid for two days. */
  make(name: string): CertificateFiles {
    const files = {
      certificate: join(this.folder, `${name}.pem`),
      key: join(this.folder, `${name}-key.pem`),
    };
    const asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split(" ");
    const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    execFileSync("openssl", [...asked, ...subject, "-keyout", files.key, "-out", files.certificate], {
      stdio: "ignore",
    });
    return files;
  }

  /** The same key, for which a passphrase is needed. */
  lock({ key }: CertificateFiles): string {
    const locked = join(this.folder, "locked-key.pem");
    execFileSync("openssl", ["ec", "-aes256", "-passout", "pass:x", "-in", key, "-out", locked], {
      stdio: "ignore",
    });
    return locked;
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A real SMTP server on this machine, with a certificate of its own; and servers that are none. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly isSecure: boolean;
  readonly user: string | undefined;
}

const folder = mkdtempSync(join(tmpdir(), "trento-edge-mail-"));
/** For `NODE_EXTRA_CA_CERTS`: whom the runtime trusts besides. */
export const certificate = join(folder, "certificate.pem");
const key = join(folder, "key.pem");
const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
execFileSync(
  "openssl",
  [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    certificate,
    ...subject,
  ],
  { stdio: "ignore" },
);

export const PASSWORD = "the right one";

export class MailServer {
  readonly received: Received[] = [];
  readonly port: number;
  readonly #server: SMTPServer;

  private constructor(server: SMTPServer, received: Received[], port: number) {
    this.#server = server;
    this.received = received;
    this.port = port;
  }

  /** @param port 0 takes a free one */
  static async start(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
    const received: Received[] = [];
    const server = new SMTPServer({
      key: readFileSync(key),
      cert: readFileSync(certificate),
      onAuth: ({ password, username }, _, done) =>
        password === PASSWORD ? done(null, { user: username }) : done(new Error("wrong password")),
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({
            from: mailFrom === false ? "" : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            text: Buffer.concat(parts).toString(),
            isSecure: session.secure,
            user: session.user,
          });
          done();
        });
      },
      ...options,
    });
    server.on("error", () => {});
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
    return new MailServer(server, received, (server.server.address() as AddressInfo).port);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** Something that listens, and does with each connection what it is told. */
export async function impostor(
  answer: (socket: Socket) => void,
): Promise<{ port: number; stop(): Promise<void> }> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

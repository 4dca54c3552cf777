/** Sends one mail: over SMTP, or by the platform's mail binding where no server is named. */
import { EmailMessage } from "cloudflare:email";
import net from "node:net";
import tls from "node:tls";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { MailText } from "../../domain/alerts/message.ts";
import type { AlertingSettings } from "../../domain/alerts/settings.ts";

export interface Mail extends MailText {
  /** The same at every attempt: whoever receives it twice can tell. */
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
}

/** The platform's `send_email` binding. */
export type MailBinding = Pick<SendEmail, "send">;

export type Sent =
  | { readonly status: "sent" }
  /** `permanent`: the server will not take it at another time either. */
  | { readonly status: "failed"; readonly permanent: boolean; readonly reason: string };

/** Milliseconds for connecting, and for each answer. */
const PATIENCE = 15_000;
/** Milliseconds for all of it: a server that says a word now and then must not hold up the others. */
const LONGEST = 60_000;
const IMPLICIT_PORT = 465;

function failed(error: unknown): Sent {
  const { message, responseCode, response } = error as {
    readonly message?: string;
    readonly responseCode?: number;
    readonly response?: string;
  };
  const reason = [message ?? String(error), response].filter(Boolean).join(": ").slice(0, 1_000);
  // A wrong password is put right by people, and then the mail is still wanted.
  const isRefusal = responseCode !== undefined && responseCode >= 550 && responseCode < 560;
  return { status: "failed", permanent: isRefusal, reason };
}

async function composed({ id, at, subject, text, html }: Mail, settings: AlertingSettings): Promise<string> {
  const { sender_email, recipient_email } = settings;
  const composer = new MailComposer({
    from: { name: "Trento Alerts", address: sender_email },
    to: { name: "Trento Admin", address: recipient_email },
    subject,
    text,
    html,
    date: new Date(at),
    messageId: `<${id}@trento-edge>`,
    headers: { "Auto-Submitted": "auto-generated" },
  });
  return (await composer.compile().build()).toString();
}

/** The runtime resolves the name: the library would ask a resolver on the Internet. */
function connect(host: string, port: number, isSecure: boolean): net.Socket {
  return isSecure ? tls.connect({ host, port, servername: host }) : net.connect({ host, port });
}

async function converse(
  { settings, password, name }: SmtpAccount,
  raw: string,
  opened: (socket: net.Socket) => void,
): Promise<void> {
  const { smtp_server: host, smtp_port: port, smtp_username: user, smtp_security, ...addresses } = settings;
  const isSecure = smtp_security === "implicit" || (smtp_security === "auto" && port === IMPLICIT_PORT);
  const socket = connect(host, port, isSecure);
  opened(socket);
  // The library and the runtime's own streams both listen: there are more than usual, and no leak.
  socket.setMaxListeners(0);
  await new Promise<void>((resolve, reject) => {
    socket.once(isSecure ? "secureConnect" : "connect", () => resolve());
    socket.on("error", reject);
  });
  const connection = new SMTPConnection({
    host,
    port,
    name,
    connection: socket,
    secure: isSecure,
    secured: isSecure,
    ignoreTLS: smtp_security === "none",
    // A password is for the server alone.
    requireTLS: smtp_security === "starttls" || (smtp_security === "auto" && user !== "" && !isSecure),
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
  });
  await new Promise<void>((resolve, reject) => {
    const send = () =>
      connection.send(
        { from: addresses.sender_email, to: [addresses.recipient_email] },
        raw,
        (error: Error | null) => (error ? reject(error) : resolve()),
      );
    connection.on("error", reject);
    connection.once("end", () => reject(new Error("the server closed the connection")));
    connection.connect(() => {
      if (user === "") return send();
      connection.login({ user, pass: password }, (error: Error | null) => (error ? reject(error) : send()));
    });
  });
  connection.quit();
}

export interface SmtpAccount {
  readonly settings: AlertingSettings;
  readonly password: string;
  /** How we call ourselves to the server. */
  readonly name: string;
}

/** Does not throw. */
export async function sendMail(account: SmtpAccount, mail: Mail, binding: MailBinding | null): Promise<Sent> {
  const { sender_email: from, recipient_email: to, smtp_server } = account.settings;
  const close: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const raw = await composed(mail, account.settings);
    if (smtp_server === "") {
      if (binding === null) throw new Error("no mail server is set");
      await binding.send(new EmailMessage(from, to, raw));
      return { status: "sent" };
    }
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("the mail server took too long")), LONGEST);
    });
    const conversation = converse(account, raw, (socket) => close.push(() => socket.destroy()));
    await Promise.race([conversation, tooLong]);
    return { status: "sent" };
  } catch (error) {
    return failed(error);
  } finally {
    clearTimeout(timer);
    for (const each of close) each();
  }
}

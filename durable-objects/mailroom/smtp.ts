/** Sends one mail: over SMTP, or by the platform's mail binding where no server is named. */
import { EmailMessage } from "cloudflare:email";
import net from "node:net";
import { Readable } from "node:stream";
import tls from "node:tls";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { envelopeAddress } from "../../domain/alerts/mail-address.ts";
import type { MailText } from "../../domain/alerts/message.ts";
import { type AlertingSettings, hostOf } from "../../domain/alerts/settings.ts";
import { failureOf, MailFailure, type Sent, type Stage } from "./reasons.ts";

export interface Mail extends MailText {
  /** The same at every attempt: whoever receives it twice can tell. */
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
}

/** The platform's `send_email` binding. */
export type MailBinding = Pick<SendEmail, "send">;

/** Milliseconds until somebody has connected and greeted. */
const PATIENCE = 15_000;
/** Milliseconds until all of a mail is sent: a server that says a word now and then must not hold up the others. */
const LONGEST = 60_000;
/** Milliseconds for the last answer (RFC 5321, 4.5.3.2.6). Who gives up sooner sends what was taken a second time. */
const AFTER_ALL = 10 * 60_000;
const IMPLICIT_PORT = 465;

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

/** Goes off unless it is set anew. */
class Patience {
  readonly over: Promise<never>;
  #reject: (error: Error) => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number) {
    this.over = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    this.set(milliseconds);
  }

  set(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#reject(new Error("the mail server took too long")), milliseconds);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

class Conversation {
  stage: Stage = "connecting";
  readonly patience: Patience;
  readonly #account: SmtpAccount;
  #socket: net.Socket | null = null;

  constructor(account: SmtpAccount) {
    this.#account = account;
    this.patience = new Patience(account.longest ?? LONGEST);
  }

  async deliver(raw: string): Promise<void> {
    const { settings, password } = this.#account;
    const { smtp_username: user, sender_email, recipient_email } = settings;
    const connection = await this.#open();
    await new Promise<void>((resolve, reject) => {
      const send = () => {
        const message = Readable.from([Buffer.from(raw)]);
        message.once("end", () => {
          this.stage = "sent";
          this.patience.set(this.#account.afterAll ?? AFTER_ALL);
        });
        const envelope = { from: envelopeAddress(sender_email), to: [envelopeAddress(recipient_email)] };
        connection.send(envelope, message, (error: Error | null) => (error ? reject(error) : resolve()));
      };
      connection.on("error", reject);
      connection.once("end", () => reject(new Error("the server closed the connection")));
      connection.connect(() => {
        this.stage = "talking";
        if (user === "") return send();
        connection.login({ user, pass: password }, (error: Error | null) => (error ? reject(error) : send()));
      });
    });
    connection.quit();
  }

  close(): void {
    this.patience.end();
    this.#socket?.destroy();
  }

  async #open(): Promise<SMTPConnection> {
    const { settings, name } = this.#account;
    const { smtp_port: port, smtp_username: user, smtp_security } = settings;
    const host = hostOf(settings);
    const isByPort = smtp_security === "auto" || smtp_security === "if_available";
    const isSecure = smtp_security === "implicit" || (isByPort && port === IMPLICIT_PORT);
    const socket = connect(host, port, isSecure);
    this.#socket = socket;
    // The library and the runtime's own streams both listen: there are more than usual, and no leak.
    socket.setMaxListeners(0);
    await new Promise<void>((resolve, reject) => {
      socket.once(isSecure ? "secureConnect" : "connect", () => resolve());
      socket.on("error", reject);
    });
    return new SMTPConnection({
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
      socketTimeout: 2 * AFTER_ALL,
    });
  }
}

export interface SmtpAccount {
  readonly settings: AlertingSettings;
  readonly password: string;
  /** How we call ourselves to the server. */
  readonly name: string;
  /** Milliseconds until all of a mail is sent, and from then on until the server has said that it took it. */
  readonly longest?: number;
  readonly afterAll?: number;
}

/** Does not throw. */
export async function sendMail(account: SmtpAccount, mail: Mail, binding: MailBinding | null): Promise<Sent> {
  const { sender_email: from, recipient_email: to, smtp_server } = account.settings;
  let conversation: Conversation | null = null;
  try {
    const raw = await composed(mail, account.settings);
    if (smtp_server === "") {
      if (binding === null) throw new Error("no mail server is set");
      await binding.send(new EmailMessage(envelopeAddress(from), envelopeAddress(to), raw));
      return { status: "sent" };
    }
    conversation = new Conversation(account);
    await Promise.race([conversation.deliver(raw), conversation.patience.over]);
    return { status: "sent" };
  } catch (error) {
    return failureOf(conversation === null ? error : new MailFailure(conversation.stage, error));
  } finally {
    conversation?.close();
  }
}

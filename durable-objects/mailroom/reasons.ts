/**
 * Why a mail was not sent. Whoever may set a mail server may have the network behind this one looked at: until a server has greeted
 * as mail servers do, nothing is told of what it said.
 */

/** How far the conversation had come. */
export type Stage =
  /** Nobody has greeted yet. */
  | "connecting"
  | "talking"
  /** All of the mail was sent, and the server has not said whether it took it. */
  | "sent";

export type Sent =
  | { readonly status: "sent" }
  | {
      readonly status: "failed";
      /** The server will not take it at another time either. */
      readonly permanent: boolean;
      /** The server may have taken it. */
      readonly uncertain: boolean;
      readonly reason: string;
    };

/** What a failure comes with: fields of the library's errors. */
interface Failure {
  readonly message?: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

export const NO_SERVER = "no mail server answers there: are the server, the port and the security right?";
export const NO_TLS =
  "the connection could not be encrypted, or the server could not show that it is the one";
export const NOT_SAID = "the mail server got all of it, and did not say whether it took it";
const LONGEST = 1_000;

const CERTIFICATE = /certificate|self.signed|altname|TLS|SSL/i;

export class MailFailure extends Error {
  readonly stage: Stage;

  constructor(stage: Stage, cause: unknown) {
    super("a mail was not sent", { cause });
    this.stage = stage;
  }
}

/** @param error a `MailFailure` where it came of a conversation with a server */
export function failureOf(error: unknown): Sent {
  const stage = error instanceof MailFailure ? error.stage : "talking";
  const cause = (error instanceof MailFailure ? error.cause : error) as Failure;
  const { message, code, responseCode, response } = cause;
  const isTls = code === "ETLS" || (stage === "connecting" && CERTIFICATE.test(`${code} ${message}`));
  if (isTls || stage === "connecting")
    return { status: "failed", permanent: false, uncertain: false, reason: isTls ? NO_TLS : NO_SERVER };
  // An answer after all of it is one: it was not taken.
  if (stage === "sent" && responseCode === undefined)
    return { status: "failed", permanent: false, uncertain: true, reason: NOT_SAID };
  const reason = [message ?? String(cause), response].filter(Boolean).join(": ").slice(0, LONGEST);
  // A wrong password is put right by people, and then the mail is still wanted.
  const isRefusal = responseCode !== undefined && responseCode >= 550 && responseCode < 560;
  return { status: "failed", permanent: isRefusal, uncertain: false, reason };
}

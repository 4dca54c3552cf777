/** In place of `durable-objects/mailroom/smtp.ts`: the world's mail server. */
export interface MailServer {
  take(mail: { id: string; subject: string; text: string }): Promise<unknown>;
}

export async function sendMail(
  _: unknown,
  mail: { id: string; subject: string; text: string },
  server: unknown,
): Promise<unknown> {
  return (server as MailServer).take(mail);
}

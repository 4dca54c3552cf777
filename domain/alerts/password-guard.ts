/** When the password of the mail server must be given again: it is for the server that it was given for, and for nobody else. */
import type { AlertingSettings } from "./settings.ts";

type Way = Pick<AlertingSettings, "smtp_server" | "smtp_port" | "smtp_security">;

/** How well it is kept from those on the way: the more the better. */
const strength: Readonly<Record<AlertingSettings["smtp_security"], number>> = {
  none: 0,
  if_available: 1,
  auto: 2,
  starttls: 3,
  implicit: 3,
};

/** Whether a change leads the password elsewhere, or there with less protection. */
export function exposesPassword(before: Way, after: Way): boolean {
  return (
    before.smtp_server.toLowerCase() !== after.smtp_server.toLowerCase() ||
    before.smtp_port !== after.smtp_port ||
    strength[after.smtp_security] < strength[before.smtp_security]
  );
}

/** What became of an alerting mail, as clients see it. Times are ISO 8601 in UTC. */
import { z } from "zod";

export const mailViewSchema = z.object({
  id: z.guid(),
  subject: z.string(),
  /** `parked`: it is not tried again by itself. */
  status: z.enum(["waiting", "sent", "parked"]),
  attempts: z.int(),
  /** Of the last attempt. */
  error: z.string().nullable(),
  created_at: z.string(),
  next_attempt_at: z.string().nullable(),
});
export type MailView = Readonly<z.infer<typeof mailViewSchema>>;

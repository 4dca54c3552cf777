/** How people are alerted by mail. */
import { z } from "zod";
import { isNetworkHost } from "../network-host.ts";
import { mailAddressSchema } from "./mail-address.ts";
import { quietHoursSchema } from "./quiet-hours.ts";

/** `auto`: TLS from the begin on port 465; else STARTTLS, which must be there when there is a password to protect. */
export const smtpSecuritySchema = z.enum(["auto", "implicit", "starttls", "none"]);

/** Fields of Trento's API, and ours after them. */
export const alertingSettingsSchema = z.strictObject({
  enabled: z.boolean("is invalid"),
  sender_email: mailAddressSchema,
  recipient_email: mailAddressSchema,
  smtp_server: z
    .string("is invalid")
    .max(253, "should be at most 253 characters")
    .refine((host) => host === "" || isNetworkHost(host), "is not the name of a server"),
  smtp_port: z.int("is invalid").min(1, "must be at least 1").max(65_535, "must be at most 65535"),
  smtp_username: z.string("is invalid").max(512, "should be at most 512 characters"),
  smtp_security: smtpSecuritySchema.default("auto"),
  /** Whether it is told when something is well again. */
  recovery: z.boolean().default(true),
  quiet_hours: quietHoursSchema.nullable().default(null),
});
export type AlertingSettings = z.infer<typeof alertingSettingsSchema>;

/** As they were stored, at a time when more was taken: what is wrong with them is seen when a mail is sent. */
export const storedSettingsSchema = alertingSettingsSchema.extend({
  sender_email: z.string(),
  recipient_email: z.string(),
  smtp_server: z.string(),
});

export const smtpPasswordSchema = z.string("is invalid").max(1_024, "should be at most 1024 characters");

/** How people are alerted by mail. */
import { z } from "zod";
import { isNetworkHost, withoutBrackets } from "../network-host.ts";
import { numberOrText } from "../number-in-text.ts";
import { mailAddressSchema, unlessMissing } from "./mail-address.ts";
import { quietHoursSchema } from "./quiet-hours.ts";

/**
 * `auto`: TLS from the begin on port 465; else STARTTLS, which must be there when there is a password to protect. `if_available`: the
 * same, but where the server offers no TLS the password is sent without, as Trento does.
 */
export const smtpSecuritySchema = z.enum(["auto", "if_available", "implicit", "starttls", "none"]);

/** The name or address alone, of what is set as the server. */
function hostIn(server: string): string {
  return server.replace(/^[A-Za-z]+:\/\//, "").replace(/\/$/, "");
}

/** As it is connected to; empty where no server is set. */
export function hostOf({ smtp_server }: { readonly smtp_server: string }): string {
  return withoutBrackets(hostIn(smtp_server));
}

/** Fields of Trento's API, and ours after them. */
export const alertingSettingsSchema = z.strictObject({
  enabled: z.boolean(unlessMissing),
  sender_email: mailAddressSchema,
  recipient_email: mailAddressSchema,
  /** The form of Trento's UI suggests to begin with `https://`. */
  smtp_server: z
    .string(unlessMissing)
    .max(253, "should be at most 253 characters")
    .refine((text) => text === "" || isNetworkHost(hostIn(text)), "is not the name of a server"),
  smtp_port: numberOrText(
    z.int(unlessMissing).min(1, "must be at least 1").max(65_535, "must be at most 65535"),
    /^\d{1,5}$/,
  ),
  smtp_username: z.string(unlessMissing).max(512, "should be at most 512 characters"),
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

export const smtpPasswordSchema = z.string(unlessMissing).max(1_024, "should be at most 1024 characters");

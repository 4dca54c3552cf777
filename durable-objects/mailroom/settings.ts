/** The settings of alerting mails: of the environment, where it says anything about them, else those that were stored. */
import { z } from "zod";
import { quietHoursSchema } from "../../domain/alerts/quiet-hours.ts";
import {
  type AlertingSettings,
  alertingSettingsSchema,
  smtpPasswordSchema,
  smtpSecuritySchema,
  storedSettingsSchema,
} from "../../domain/alerts/settings.ts";
import { unseal } from "../sealed.ts";

/** Those of Trento, and ours. */
export interface AlertingVariables {
  readonly ENABLE_ALERTING?: string;
  readonly SMTP_SERVER?: string;
  readonly SMTP_PORT?: string;
  readonly SMTP_USER?: string;
  readonly SMTP_PASSWORD?: string;
  readonly ALERT_SENDER?: string;
  readonly ALERT_RECIPIENT?: string;
  readonly SMTP_SECURITY?: string;
  /** `false` tells nothing when something is well again. */
  readonly ALERT_RECOVERY?: string;
  /** As `22:00-06:30 Europe/Berlin`. */
  readonly ALERT_QUIET_HOURS?: string;
}

export interface KnownSettings {
  readonly settings: AlertingSettings;
  readonly password: string;
  readonly enforcedFromEnv: boolean;
}

/** What the password was sealed for. */
export const PASSWORD_PURPOSE = "alerting/smtp_password";

const enforcing = [
  "ENABLE_ALERTING",
  "SMTP_SERVER",
  "SMTP_PORT",
  "SMTP_USER",
  "SMTP_PASSWORD",
  "ALERT_SENDER",
  "ALERT_RECIPIENT",
] as const;

const [PORT, SENDER, RECIPIENT] = [587, "alerts@trento-project.io", "admin@trento-project.io"];

function quietHoursOf(text: string | undefined) {
  if (text === undefined || text === "") return null;
  const [, from, to, time_zone = "UTC"] = /^(\S+?)-(\S+)(?:\s+(\S+))?$/.exec(text) ?? [];
  return quietHoursSchema.parse({ from, to, time_zone });
}

/** Null where the environment says nothing. @throws when it says what cannot be, with the reason */
export function settingsOfEnvironment(env: AlertingVariables): KnownSettings | null {
  if (enforcing.every((name) => env[name] === undefined)) return null;
  const settings = alertingSettingsSchema.parse({
    enabled: env.ENABLE_ALERTING === "true",
    sender_email: env.ALERT_SENDER ?? SENDER,
    recipient_email: env.ALERT_RECIPIENT ?? RECIPIENT,
    smtp_server: env.SMTP_SERVER ?? "",
    smtp_port: Number(env.SMTP_PORT ?? PORT),
    smtp_username: env.SMTP_USER ?? "",
    smtp_security: smtpSecuritySchema.parse(env.SMTP_SECURITY ?? "auto"),
    recovery: env.ALERT_RECOVERY !== "false",
    quiet_hours: quietHoursOf(env.ALERT_QUIET_HOURS),
  });
  return { settings, password: smtpPasswordSchema.parse(env.SMTP_PASSWORD ?? ""), enforcedFromEnv: true };
}

const rowSchema = z.object({
  settings: z.string().transform((text) => storedSettingsSchema.parse(JSON.parse(text))),
  smtp_password: z.string(),
});

export interface SettingsEnvironment extends AlertingVariables {
  readonly DB: D1Database;
  readonly SETTINGS_ENC_SECRET: string;
}

/** Null where nobody has set anything. @throws when they cannot be read */
export async function readAlertingSettings(env: SettingsEnvironment): Promise<KnownSettings | null> {
  const enforced = settingsOfEnvironment(env);
  if (enforced !== null) return enforced;
  const row = await env.DB.prepare("SELECT settings, smtp_password FROM alerting_settings").first();
  if (row === null) return null;
  const { settings, smtp_password } = rowSchema.parse(row);
  const password = await unseal(smtp_password, PASSWORD_PURPOSE, env.SETTINGS_ENC_SECRET);
  return { settings, password, enforcedFromEnv: false };
}

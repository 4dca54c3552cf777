/** What the Worker finds in its environment, secrets included. */
import type { Secrets } from "./data/secrets.ts";

/** Variables that are passed on to the Worker when the environment has them. */
const PASSED_ON = [
  "REDELIVERY_DELAY_MS",
  "HEARTBEAT_SHARDS",
  "CHECKS_INTERVAL",
  "CHECKS_TIMEOUT",
  "EXECUTIONS_KEPT_DAYS",
  "ENABLE_ALERTING",
  "SMTP_SERVER",
  "SMTP_PORT",
  "SMTP_USER",
  "SMTP_PASSWORD",
  "SMTP_SECURITY",
  "ALERT_SENDER",
  "ALERT_RECIPIENT",
  "ALERT_RECOVERY",
  "ALERT_QUIET_HOURS",
  "ALERT_GROUPING",
  "BASE_URL",
  "WEBHOOK_ALLOWED_HOSTS",
  "METRICS_TOKEN",
];

export interface Administrator {
  readonly name: string;
  /** Where one was given: else that of an earlier start holds. */
  readonly password: string | undefined;
}

/** @param more variables that take the place of the environment's */
export function workerEnvironment(
  secrets: Secrets,
  { name, password }: Administrator,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const inherited = PASSED_ON.flatMap((one) => {
    const value = process.env[one];
    return value ? [[one, value]] : [];
  });
  return {
    ...Object.fromEntries(inherited),
    ...more,
    ACCESS_TOKEN_ENC_SECRET: secrets.accessTokenSecret,
    REFRESH_TOKEN_ENC_SECRET: secrets.refreshTokenSecret,
    SETTINGS_ENC_SECRET: secrets.settingsSecret,
    ADMIN_USER: name,
    ...(password === undefined
      ? { ADMIN_PASSWORD_HASH: secrets.adminPasswordHash ?? "" }
      : { ADMIN_PASSWORD: password }),
  };
}

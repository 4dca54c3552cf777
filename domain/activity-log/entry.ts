/** Entries of the activity log: what happened in the landscape, and what people did. */
import { z } from "zod";
import { type Severity, severityOf, severitySchema } from "./severity.ts";

export interface ActivityEntry {
  readonly id: string;
  readonly type: string;
  /** Name of the user; `system` where nobody asked for it. */
  readonly actor: string;
  readonly severity: Severity;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** ISO 8601 in UTC. */
  readonly occurred_on: string;
}

export const activityEntrySchema = z.object({
  id: z.string(),
  type: z.string(),
  actor: z.string(),
  severity: severitySchema,
  metadata: z.record(z.string(), z.json()),
  occurred_on: z.string(),
});
export type ActivityEntryView = z.infer<typeof activityEntrySchema>;

export const SYSTEM = "system";

/** What happens to parts of a whole that has an entry of its own, or what people have asked for, which has one too. */
const unlogged: ReadonlySet<string> = new Set([
  "HostChecksSelected",
  "ChecksSelected",
  "ClusterHostDataMarkedStale",
  "ClusterHostDataMarkedInSync",
  "SapSystemDatabaseStaleAtChanged",
]);

/** `SapSystemRegistered` is `sap_system_registered`. */
export function typeOfEvent(name: string): string {
  return name.replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase();
}

interface HappenedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: { readonly correlationId: string };
  readonly occurredAt: string;
}

/** The entry of an event of the landscape, under the event's id; null where it has none. */
export function entryOfEvent({
  id,
  type: name,
  data,
  metadata: { correlationId },
  occurredAt,
}: HappenedEvent): ActivityEntry | null {
  if (unlogged.has(name)) return null;
  const type = typeOfEvent(name);
  const metadata = { ...(data as object), correlation_id: correlationId };
  return { id, type, actor: SYSTEM, severity: severityOf(type, metadata), metadata, occurred_on: occurredAt };
}

const SECRETS: ReadonlySet<string> = new Set([
  "password",
  "current_password",
  "password_confirmation",
  "ca_cert",
  "smtp_password",
  "api_key",
  "secret",
]);

/** Secrets that a request carried, at any depth, are not for the log. */
export function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, SECRETS.has(key) ? "REDACTED" : redacted(inner)]),
  );
}

/** How long entries of the activity log are kept. */
import { z } from "zod";
import { numberOrText } from "../number-in-text.ts";

export const retentionTimeSchema = z.strictObject({
  value: numberOrText(
    z.int("is invalid").min(1, "must be greater than 0").max(1_000, "must be at most 1000"),
    /^\d{1,4}$/,
  ),
  unit: z.enum(["day", "week", "month", "year"]),
});
export type RetentionTime = z.infer<typeof retentionTimeSchema>;

export const DEFAULT_RETENTION: RetentionTime = { value: 1, unit: "month" };

const DAYS: Readonly<Record<RetentionTime["unit"], number>> = { day: 1, week: 7, month: 30, year: 365 };
const DAY = 24 * 60 * 60_000;

/** What happened before this (ISO 8601) is kept no longer. */
export function keptSince({ value, unit }: RetentionTime, now: number): string {
  return new Date(now - value * DAYS[unit] * DAY).toISOString();
}

/** Endpoints of third parties that are told of events. */
import { z } from "zod";

/** `*` stands for any part of a type: `host_*`, `*_health_changed`. */
const pattern = z
  .string("is invalid")
  .max(128, "should be at most 128 characters")
  .regex(/^[a-z0-9_*]+$/, "must be a type of event like host_registered, with * for any part of it");

const webAddress = z
  .string("is invalid")
  .max(2_048, "should be at most 2048 characters")
  .refine((text) => URL.canParse(text), "is not a URL");

export const signatureSchema = z.enum(["hmac", "ed25519"]);

export const endpointSettingsSchema = z.strictObject({
  url: webAddress,
  description: z.string("is invalid").max(256, "should be at most 256 characters").default(""),
  event_types: z
    .array(pattern)
    .min(1, "should have at least 1 item")
    .max(100, "should have at most 100 items")
    .default(["*"]),
  enabled: z.boolean("is invalid").default(true),
  signature: signatureSchema.default("hmac"),
});
export type EndpointSettings = z.infer<typeof endpointSettingsSchema>;

function matchesPattern(pattern: string, type: string): boolean {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return type === pattern;
  if (!type.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = type.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return type.length - last.length >= at && type.endsWith(last);
}

export function wants(patterns: readonly string[], type: string): boolean {
  return patterns.some((one) => matchesPattern(one, type));
}

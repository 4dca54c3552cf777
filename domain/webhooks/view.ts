/** Endpoints and deliveries as clients see them. Times are ISO 8601 in UTC. */
import { z } from "zod";
import { endpointSettingsSchema } from "./endpoint.ts";

export const endpointViewSchema = endpointSettingsSchema.extend({
  id: z.guid(),
  /** Why it was disabled by itself; null where it was not. */
  disabled_reason: z.string().nullable(),
  inserted_at: z.string(),
  updated_at: z.string(),
});
export type EndpointView = z.infer<typeof endpointViewSchema>;
/** Shown once: by the secret the receiver verifies what it is told. */
export const endpointWithSecretSchema = endpointViewSchema.extend({ secret: z.string() });

export const deliveryStatusSchema = z.enum(["waiting", "delivered", "failed"]);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

export const deliverySchema = z.object({
  /** Of the message. */
  id: z.string(),
  type: z.string(),
  status: deliveryStatusSchema,
  attempts: z.int(),
  created_at: z.string(),
  next_attempt_at: z.string().nullable(),
});
export type DeliveryView = Readonly<z.infer<typeof deliverySchema>>;

export const attemptSchema = z.object({
  at: z.string(),
  /** Null where there was no answer. */
  status: z.int().nullable(),
  /** Null where it was taken. */
  error: z.string().nullable(),
  /** Milliseconds. */
  duration: z.number(),
});
export type AttemptView = Readonly<z.infer<typeof attemptSchema>>;

export const deliveryDetailsSchema = deliverySchema.extend({
  /** What was told, as it was sent. */
  body: z.string(),
  tries: z.array(attemptSchema),
});

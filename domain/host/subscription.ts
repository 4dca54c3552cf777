/** A SUSE subscription of a host. Dates are the plain strings that the registration tool prints. */
import { z } from "zod";

export const slesSubscriptionSchema = z.object({
  host_id: z.string(),
  identifier: z.string(),
  version: z.string(),
  arch: z.string(),
  status: z.string(),
  subscription_status: z.string().nullable(),
  type: z.string().nullable(),
  starts_at: z.string().nullable(),
  expires_at: z.string().nullable(),
});
export type SlesSubscription = z.infer<typeof slesSubscriptionSchema>;

/** The subscription that the about page counts. */
export const SLES_SAP_IDENTIFIER = "SLES_SAP";

/** The envelope of a discovery: who sends it, what it is about, and the payload that a policy reads. */
import { z } from "zod";

export const discoveryTypes = [
  "host_discovery",
  "cloud_discovery",
  "subscription_discovery",
  "ha_cluster_discovery",
  "saptune_discovery",
  "sap_system_discovery",
] as const;

export const discoveryTypeSchema = z.enum(discoveryTypes, {
  error: ({ input }) => (input === undefined ? undefined : "Unknown discovery type."),
});
export type DiscoveryType = z.infer<typeof discoveryTypeSchema>;

/** All three are required; nothing else is allowed. The payload may be null, and is judged by its policy. */
export const envelopeSchema = z.strictObject({
  agent_id: z.guid({ error: ({ input }) => (input === undefined ? undefined : "has invalid format") }),
  discovery_type: discoveryTypeSchema,
  payload: z.union([z.looseObject({}), z.array(z.unknown()), z.null()]),
});
export type Envelope = z.infer<typeof envelopeSchema>;

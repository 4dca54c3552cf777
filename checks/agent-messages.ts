/**
 * What an agent and the control plane say to each other over `/api/v1/agents/:id/socket`: JSON, one message a frame. Names and
 * fields are those of the messages in protobuf (`Trento.Checks.V1`, `Trento.Discoveries.V1`).
 *
 * A request is sent again at every connection until it was answered or has expired; an agent that has answered may see
 * it once more and answers again, or not: the first answer counts.
 */
import { z } from "zod";
import { discoveryTypeSchema } from "../domain/discovery/envelope.ts";
import { factErrorSchema, factRequestSchema } from "./facts.ts";
import { jsonValue } from "./json.ts";
import { toldFactSchema } from "./told-facts.ts";

/** Path of an agent's socket; the header `X-Trento-ApiKey` holds the key. */
export function agentSocketPath(agentId: string): string {
  return `/api/v1/agents/${agentId}/socket`;
}

/** Text frames that the platform answers without waking anybody: a dead line is noticed by them. */
export const PING = "ping";
export const PONG = "pong";

export const factsGatheringRequestedSchema = z.object({
  type: z.literal("FactsGatheringRequested"),
  execution_id: z.guid(),
  group_id: z.guid(),
  /** ISO 8601 in UTC: nobody waits for an answer after it. */
  expires_at: z.string(),
  fact_requests: z.array(factRequestSchema),
});
export type FactsGatheringRequested = z.infer<typeof factsGatheringRequestedSchema>;

export const discoveryRequestedSchema = z.object({
  type: z.literal("DiscoveryRequested"),
  /** The agent runs it at once and posts it as ever. */
  discovery_type: discoveryTypeSchema,
});

/** What was sent last on this connection is stored (`accepted`), or will never be (`refused`, with the reason). */
const answerSchema = z.object({
  type: z.enum(["accepted", "refused"]),
  execution_id: z.guid().nullable(),
  detail: z.string().nullable(),
});

export const toAgentSchema = z.discriminatedUnion("type", [
  factsGatheringRequestedSchema,
  discoveryRequestedSchema,
  answerSchema,
]);
export type ToAgent = z.infer<typeof toAgentSchema>;

/** As it is kept. */
export const factSchema = z.union([
  z.strictObject({ check_id: z.string(), name: z.string(), value: jsonValue() }),
  z.strictObject({ check_id: z.string(), name: z.string(), error: factErrorSchema }),
]);

export const factsGatheredSchema = z.object({
  type: z.literal("FactsGathered"),
  execution_id: z.guid(),
  group_id: z.guid(),
  facts_gathered: z.array(toldFactSchema),
});
export type FactsGathered = z.infer<typeof factsGatheredSchema>;

export const fromAgentSchema = factsGatheredSchema;

/**
 * What a relay and the control plane say to each other. Over the relay's socket the control plane hands out messages for the
 * relay's broker; each is sent again at every connection until the relay says that the broker has it, or nobody waits for it
 * any more. Fields are those of the messages in protobuf (`Trento.Checks.V1`, `Trento.Discoveries.V1`).
 */
import { z } from "zod";
import { discoveryTypeSchema } from "../domain/discovery/envelope.ts";
import { executionResultSchema } from "../domain/execution/view.ts";
import { factRequestSchema } from "./facts.ts";
import { toldFactSchema } from "./told-facts.ts";

/** Path of a relay's socket; the header `X-Trento-ApiKey` holds the key. */
export function relaySocketPath(relay: string): string {
  return `/api/v1/relays/${relay}/socket`;
}

/** Where relays send what they have: at `/api/v1/relays/` and one of these. */
export const relayRoutes = ["heartbeats", "discoveries", "facts", "executions"] as const;

/** Names of relays are part of paths. */
export const relayNameSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/i, "has invalid format");

const reserved: ReadonlySet<string> = new Set(relayRoutes);
/** Of a relay that comes. */
export const ownRelayNameSchema = relayNameSchema.refine(
  (name) => !reserved.has(name.toLowerCase()),
  `must be none of ${relayRoutes.join(", ")}, which are paths of the API`,
);

/** As agents try their lines. */
export { PING, PONG } from "./agent-messages.ts";

const target = z.object({ agent_id: z.guid(), checks: z.array(z.string()) });
const execution = { execution_id: z.guid(), group_id: z.guid() };
const customization = { check_id: z.string(), group_id: z.guid(), target_type: z.string() };

export const brokerMessageSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("FactsGatheringRequested"),
    ...execution,
    targets: z.array(z.object({ agent_id: z.guid(), fact_requests: z.array(factRequestSchema) })),
  }),
  z.object({
    type: z.literal("DiscoveryRequested"),
    discovery_type: discoveryTypeSchema,
    targets: z.array(z.guid()),
  }),
  z.object({
    type: z.literal("ExecutionStarted"),
    ...execution,
    targets: z.array(target),
    target_type: z.string(),
  }),
  z.object({
    type: z.literal("ExecutionCompleted"),
    ...execution,
    result: executionResultSchema,
    target_type: z.string(),
  }),
  z.object({
    type: z.literal("CheckCustomizationApplied"),
    ...customization,
    custom_values: z.array(
      z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) }),
    ),
    user_id: z.int(),
  }),
  z.object({ type: z.literal("CheckCustomizationReset"), ...customization, user_id: z.int() }),
]);
export type BrokerMessage = z.infer<typeof brokerMessageSchema>;

export const toRelaySchema = z.object({
  /** Of the message, at every time that it is sent. */
  id: z.guid(),
  /** ISO 8601 in UTC: when it came to be. */
  time: z.string(),
  /** ISO 8601 in UTC: nobody waits for it after that. */
  expires_at: z.string(),
  message: brokerMessageSchema,
});
export type ToRelay = z.infer<typeof toRelaySchema>;

const publishedSchema = z.object({
  /** The broker has them. */
  type: z.literal("published"),
  ids: z.array(z.guid()).max(10_000),
});

/** `blocked`: it takes no messages, being short of memory or disk. */
export const brokerStateSchema = z.enum(["ok", "away", "blocked", "none"]);
export type BrokerState = z.infer<typeof brokerStateSchema>;

const brokerSchema = z.object({
  /** How the relay's broker is. A line on which nothing was said of it has one that is well. */
  type: z.literal("broker"),
  state: brokerStateSchema,
  /** In the broker's words. */
  detail: z.string().max(1_000).nullable(),
});

export const fromRelaySchema = z.discriminatedUnion("type", [publishedSchema, brokerSchema]);
export type FromRelay = z.infer<typeof fromRelaySchema>;

/** Hosts that the relay has heard, each with the time since then. */
export const heartbeatBatchSchema = z.strictObject({
  /** Milliseconds until the next batch: how much later than its own heartbeats a host may be heard of. */
  interval: z.int().min(500).max(60_000),
  heartbeats: z
    .array(z.strictObject({ host_id: z.guid().toLowerCase(), age: z.int().min(0).max(600_000) }))
    .max(5_000),
});
export type HeartbeatBatch = z.infer<typeof heartbeatBatchSchema>;

export const heartbeatsHeardSchema = z.object({
  /** Hosts that are not registered. */
  unknown: z.array(z.guid()),
  /** Of these the edge wants to hear all anew: it is not known to hold there. Edges of before do not say it. */
  doubted: z.array(z.guid()).default([]),
});
export type HeartbeatsHeard = z.infer<typeof heartbeatsHeardSchema>;

/** Discoveries that agents repeat unchanged, by the digest of their bodies (SHA-256, base64). */
export const heldDiscoveriesSchema = z.strictObject({
  agents: z
    .array(
      z.strictObject({
        agent_id: z.guid().toLowerCase(),
        discoveries: z
          .array(z.strictObject({ discovery_type: discoveryTypeSchema, hash: z.string().length(44) }))
          .min(1)
          .max(6),
      }),
    )
    .max(500),
});
export type HeldDiscoveries = z.infer<typeof heldDiscoveriesSchema>;

/** Answers of agents, as the broker had them. */
export const relayedFactsSchema = z.strictObject({
  execution_id: z.guid().toLowerCase(),
  group_id: z.guid().toLowerCase(),
  agent_id: z.guid().toLowerCase(),
  facts_gathered: z.array(toldFactSchema),
});
export type RelayedFacts = z.infer<typeof relayedFactsSchema>;

/** Executions that somebody asks for through the broker. */
export const executionRequestedSchema = z.strictObject({
  execution_id: z.guid().toLowerCase(),
  group_id: z.guid().toLowerCase(),
  targets: z
    .array(
      z.strictObject({
        agent_id: z.guid().toLowerCase(),
        checks: z.array(z.string().max(256)).max(5_000),
        attributes: z.record(z.string(), z.json()).default({}),
      }),
    )
    .max(1_000),
  target_type: z.string().max(256).default("cluster"),
  env: z.record(z.string(), z.json()).default({}),
});
export type ExecutionRequested = z.infer<typeof executionRequestedSchema>;

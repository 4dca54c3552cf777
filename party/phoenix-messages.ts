/** Messages of Phoenix channels, vsn 2.0.0: arrays of join reference, reference, topic, event and payload. */
import { z } from "zod";

/** Phoenix' own clients count in strings; the protocol sends back whatever it was given. */
export const referenceSchema = z.union([z.string().max(100), z.number()]).nullable();

export type Reference = z.infer<typeof referenceSchema>;

export const phoenixMessageSchema = z.tuple([
  referenceSchema,
  referenceSchema,
  z.string().max(200),
  z.string().max(200),
  z.unknown(),
]);
export type PhoenixMessage = z.infer<typeof phoenixMessageSchema>;

/** What a channel tells of a change, in Trento's words. */
export interface ChannelMessage {
  readonly topic: string;
  readonly event: string;
  readonly payload: object;
}

/** Path of the socket that clients written for Trento connect to. */
export const PHOENIX_PATH = "/socket/websocket";

/** Topics that everybody who is signed in may join. */
export const monitoringTopics: readonly string[] = [
  "monitoring:hosts",
  "monitoring:clusters",
  "monitoring:sap_systems",
  "monitoring:databases",
  "monitoring:executions",
  "monitoring:operations",
];

/** Prefixes of topics of which a user may join the own one alone. */
export const ownTopics: readonly string[] = ["users:", "activity_log:", "ai_assistant:"];

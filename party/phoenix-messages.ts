/** Messages of Phoenix channels, vsn 2.0.0: arrays of join reference, reference, topic, event and payload. */
import { z } from "zod";

const reference = z.string().max(100).nullable();

export const phoenixMessageSchema = z.tuple([
  reference,
  reference,
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

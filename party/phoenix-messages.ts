/** Messages of Phoenix channels, vsn 2.0.0: arrays of join reference, reference, topic, event and payload. */
import { z } from "zod";

/** Phoenix' own clients count in strings; the protocol sends back whatever it was given. */
export const referenceSchema = z.union([z.string(), z.number()]).nullable();

export type Reference = z.infer<typeof referenceSchema>;

/** Of any length: whoever says too much is told so, and needs the references for that. */
export const phoenixMessageSchema = z.tuple([
  referenceSchema,
  referenceSchema,
  z.string(),
  z.string(),
  z.unknown(),
]);
export type PhoenixMessage = z.infer<typeof phoenixMessageSchema>;

const LONGEST_MESSAGE = 10_000;
/** It is remembered with the socket, where there is little room. */
const LONGEST_REFERENCE = 100;

/** @returns why a message is not taken; null where it is */
export function excessOf(text: string, [joinRef]: PhoenixMessage): string | null {
  if (text.length > LONGEST_MESSAGE) return "message too long";
  return typeof joinRef === "string" && joinRef.length > LONGEST_REFERENCE ? "reference too long" : null;
}

/** What a channel tells of a change, in Trento's words. */
export interface ChannelMessage {
  readonly topic: string;
  readonly event: string;
  readonly payload: object;
}

/** Path of the socket that clients written for Trento connect to. */
export const PHOENIX_PATH = "/socket/websocket";

/** Topics that everybody who is signed in may join. */
const monitoringTopics: readonly string[] = [
  "monitoring:hosts",
  "monitoring:clusters",
  "monitoring:sap_systems",
  "monitoring:databases",
  "monitoring:executions",
  "monitoring:operations",
];

/** Where Trento tells who has entries in the activity log. */
export const ACTIVITY_LOG = "activity_log:";
/** There is none; Trento refuses where it is switched off. */
const ASSISTANT = "ai_assistant:";

/** Prefixes of topics of which a user may join the own one alone. */
const ownTopics: readonly string[] = ["users:", ACTIVITY_LOG, ASSISTANT];

/** @returns the reason why a topic may not be joined; null where it may */
export function refusalOf(topic: string, userId: string): string | null {
  if (monitoringTopics.includes(topic)) return null;
  const prefix = ownTopics.find((own) => topic.startsWith(own));
  if (prefix === undefined) return "unmatched topic";
  if (topic !== `${prefix}${userId}`) return "unauthorized";
  return prefix === ASSISTANT ? "ai_assistant_disabled" : null;
}

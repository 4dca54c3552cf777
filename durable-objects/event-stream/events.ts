/** Events as a stream keeps them and as subscribers receive them. */
import type { DomainEvent } from "../../domain/decider.ts";

/** Names one event stream: the aggregate's type and id. */
export interface StreamName {
  readonly type: string;
  readonly id: string;
}

/** One text for a stream's name, as checkpoints keep it. */
export function streamKey(stream: StreamName): string {
  return `${stream.type}/${stream.id}`;
}

/** @returns whose key it is: no type has a slash in its name */
export function streamOfKey(key: string): StreamName {
  const end = key.indexOf("/");
  return { type: key.slice(0, end), id: key.slice(end + 1) };
}

export interface EventMetadata {
  /** Shared by everything that one request set in motion. */
  readonly correlationId: string;
  /** Id of the command or event that led to this one; null at the start of a chain. */
  readonly causationId: string | null;
  /** Who asked: a user's id, an agent's id, or `system`. */
  readonly actor: string;
}

export interface StoredEvent<E extends DomainEvent = DomainEvent> {
  readonly version: number;
  readonly id: string;
  readonly type: E["type"];
  readonly schemaVersion: number;
  readonly data: E["data"];
  readonly metadata: EventMetadata;
  /** ISO 8601 in UTC. Never before that of the event before it. */
  readonly occurredAt: string;
}

/**
 * What a subscriber's queue carries: among the versions from `from` to `to`, these events concern it. `events` is null where
 * they do not fit: then they are read from the stream. A subscriber that has not applied all before `from` reads that too.
 */
export interface Nudge {
  readonly stream: StreamName;
  readonly from: number;
  readonly to: number;
  readonly events: readonly StoredEvent[] | null;
}

/** One message: nudges of any streams. A single one is what older versions sent. */
export type NudgeMessage = readonly Nudge[] | Nudge;

/** Tells the events of a host's stream from those of others: a stream's type decides what its events are. */

import type { HostEvent } from "../../domain/host/index.ts";
import type { StoredEvent } from "../../durable-objects/event-stream/events.ts";
import type { Progress } from "./progress.ts";

/** A stored event whose type and data belong together. */
export type StoredHostEvent = HostEvent & Pick<StoredEvent, "version" | "id" | "occurredAt" | "metadata">;

/** The host's events; none for the stream of another aggregate. A host's stream holds what its `decide` returned. */
export function hostEventsOf(progress: Progress): readonly StoredHostEvent[] {
  return progress.stream.type === "host"
    ? (progress.events as readonly unknown[] as readonly StoredHostEvent[])
    : [];
}

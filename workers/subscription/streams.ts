/** Finds the Durable Object of a stream. */
import type { StoredEvent, StreamName } from "../../durable-objects/event-stream/events.ts";
import { hostStub } from "../../durable-objects/host.ts";
import type { Bindings } from "../bindings.ts";

export function readEventsOf(env: Bindings) {
  return async (stream: StreamName, from: number, to: number): Promise<readonly StoredEvent[]> => {
    if (stream.type !== "host") throw new Error(`there are no streams of type ${stream.type}`);
    return hostStub(env, stream.id).readEvents(from, to);
  };
}

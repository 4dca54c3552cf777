/** What follows from the events of a host. */
import type { HostCause } from "../../durable-objects/agent/facts.ts";
import { checksGroupStub } from "../../durable-objects/checks-group.ts";
import { watchStub } from "../../durable-objects/heartbeat-watch/shards.ts";
import type { Bindings } from "../bindings.ts";
import type { StoredHostEvent } from "../subscription/typed-events.ts";

function causeOf(event: StoredHostEvent, at: string): HostCause {
  const { id: eventId, version, metadata } = event;
  return { eventId, version, hostId: event.data.host_id, at, correlationId: metadata.correlationId };
}

/** The agent's object knows what hangs on its host. */
export async function reactToHost(event: StoredHostEvent, env: Bindings): Promise<void> {
  const { host_id } = event.data;
  const agent = env.AGENT.getByName(host_id);
  switch (event.type) {
    case "HostDeregistrationRequested":
      await agent.deregister(causeOf(event, event.data.requested_at));
      return;
    case "HostDeregistered":
      await watchStub(env, host_id).forget(host_id);
      // Where it saw to the deregistration itself it has forgotten already; again does no harm.
      await agent.forget();
      return;
    case "HostChecksSelected":
    case "HostRestored":
      await checksGroupStub(env, host_id).reschedule({ type: "host", id: host_id });
      return;
    case "HeartbeatFailed":
      await agent.markStale(causeOf(event, event.occurredAt));
      return;
    default:
      return;
  }
}

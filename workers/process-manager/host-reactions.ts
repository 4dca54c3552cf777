/** What follows from the events of a host (domain.md 5). */
import { watchStub } from "../../durable-objects/heartbeat-watch/shards.ts";
import { hostStub } from "../../durable-objects/host.ts";
import type { Bindings } from "../bindings.ts";
import type { StoredHostEvent } from "../subscription/host-events.ts";

/** The agent no longer knows that what it sent still holds, and sends it on in full when it comes next. */
async function forgetAccepted(env: Bindings, hostId: string): Promise<void> {
  await env.AGENT.getByName(hostId).forget();
}

export async function reactToHost(event: StoredHostEvent, env: Bindings): Promise<void> {
  const { host_id } = event.data;
  switch (event.type) {
    case "HostDeregistrationRequested": {
      // Nothing is attached to a host yet: clusters and instances would be detached first.
      await hostStub(env, host_id).execute({
        stream: { type: "host", id: host_id },
        command: { type: "DeregisterHost", data: { host_id, deregistered_at: event.data.requested_at } },
        commandId: `${event.id}/DeregisterHost`,
        metadata: { ...event.metadata, causationId: event.id, actor: "system" },
      });
      return;
    }
    case "HostDeregistered":
      await watchStub(env, host_id).forget(host_id);
      await forgetAccepted(env, host_id);
      return;
    case "HeartbeatFailed":
      await forgetAccepted(env, host_id);
      return;
    default:
      return;
  }
}

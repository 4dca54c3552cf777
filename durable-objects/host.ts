/** The Durable Object of a host. */
import { alertingEvents } from "../domain/alerts/alert.ts";
import {
  type HostCommand,
  type HostEvent,
  type HostRefusal,
  type HostState,
  host,
} from "../domain/host/index.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { AggregateObject } from "./event-stream/aggregate-object.ts";
import type { AggregateDefinition } from "./event-stream/definition.ts";
import type { Subscriber } from "./event-stream/subscribers.ts";

export const hostDefinition: AggregateDefinition<HostState, HostCommand, HostEvent, HostRefusal> = {
  ...host,
  type: "host",
  upcasters: {},
  snapshotSchema: 1,
  closedBy: "HostTombstoned",
  reopenedBy: ["HostRestored", "HostRollUpRequested"],
};

/** Events that the process manager reacts to. */
const followedUp: ReadonlySet<HostEvent["type"]> = new Set<HostEvent["type"]>([
  "HostDeregistrationRequested",
  "HostDeregistered",
  "HeartbeatFailed",
  "HostChecksSelected",
  "HostRestored",
]);

export class HostObject extends AggregateObject<HostState, HostCommand, HostEvent, HostRefusal> {
  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env, hostDefinition);
  }

  protected override subscribers(): readonly Subscriber[] {
    return [
      { name: "projector", queue: this.env.PROJECTOR_QUEUE },
      { name: "process-manager", wants: followedUp, queue: this.env.PROCESS_MANAGER_QUEUE },
      { name: "notifier", wants: alertingEvents, queue: this.env.NOTIFIER_QUEUE },
      ...this.webhooks(),
    ];
  }
}

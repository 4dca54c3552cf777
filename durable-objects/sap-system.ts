/** The Durable Object of an SAP system. */
import { alertingEvents } from "../domain/alerts/alert.ts";
import {
  type SapSystemAggregate,
  type SapSystemCommand,
  type SapSystemEvent,
  type SapSystemRefusal,
  sapSystem,
} from "../domain/sap-system/index.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { AggregateObject } from "./event-stream/aggregate-object.ts";
import type { AggregateDefinition } from "./event-stream/definition.ts";
import type { Subscriber } from "./event-stream/subscribers.ts";

export const sapSystemDefinition: AggregateDefinition<
  SapSystemAggregate,
  SapSystemCommand,
  SapSystemEvent,
  SapSystemRefusal
> = {
  ...sapSystem,
  type: "sap_system",
  upcasters: {},
  snapshotSchema: 1,
  closedBy: "SapSystemTombstoned",
  // A system comes back instance by instance.
  reopenedBy: ["ApplicationInstanceRegistered", "SapSystemRollUpRequested"],
};

/** Events that the process manager reacts to. */
const followedUp: ReadonlySet<SapSystemEvent["type"]> = new Set<SapSystemEvent["type"]>([
  "SapSystemRegistered",
  "SapSystemRestored",
  "SapSystemDeregistered",
  "ApplicationInstanceMoved",
  "ApplicationInstanceDeregistered",
]);

export class SapSystemObject extends AggregateObject<
  SapSystemAggregate,
  SapSystemCommand,
  SapSystemEvent,
  SapSystemRefusal
> {
  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env, sapSystemDefinition);
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

/** The Durable Object of a cluster. */
import { alertingEvents } from "../domain/alerts/alert.ts";
import {
  type ClusterAggregate,
  type ClusterCommand,
  type ClusterEvent,
  type ClusterRefusal,
  cluster,
} from "../domain/cluster/index.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { AggregateObject } from "./event-stream/aggregate-object.ts";
import type { AggregateDefinition } from "./event-stream/definition.ts";
import type { Subscriber } from "./event-stream/subscribers.ts";

export const clusterDefinition: AggregateDefinition<
  ClusterAggregate,
  ClusterCommand,
  ClusterEvent,
  ClusterRefusal
> = {
  ...cluster,
  type: "cluster",
  upcasters: {},
  snapshotSchema: 1,
  closedBy: "ClusterTombstoned",
  reopenedBy: ["ClusterRestored", "ClusterRollUpRequested"],
};

/** Events that the process manager reacts to. Of all else the agents of the cluster's hosts know before the cluster does. */
const followedUp: ReadonlySet<ClusterEvent["type"]> = new Set<ClusterEvent["type"]>([
  "ClusterDetailsUpdated",
  "ChecksSelected",
  "ClusterRestored",
]);

export class ClusterObject extends AggregateObject<
  ClusterAggregate,
  ClusterCommand,
  ClusterEvent,
  ClusterRefusal
> {
  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env, clusterDefinition);
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

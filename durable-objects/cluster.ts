/** The Durable Object of a cluster. */
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

/** Nothing follows from what happens to a cluster: its hosts' agents know of it before it does. */
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
    return [{ name: "projector", queue: this.env.PROJECTOR_QUEUE }];
  }
}

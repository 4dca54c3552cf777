/** The Durable Object of a database. */
import { alertingEvents } from "../domain/alerts/alert.ts";
import {
  type DatabaseAggregate,
  type DatabaseCommand,
  type DatabaseEvent,
  type DatabaseRefusal,
  database,
} from "../domain/database/index.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { AggregateObject } from "./event-stream/aggregate-object.ts";
import type { AggregateDefinition } from "./event-stream/definition.ts";
import type { Subscriber } from "./event-stream/subscribers.ts";

export const databaseDefinition: AggregateDefinition<
  DatabaseAggregate,
  DatabaseCommand,
  DatabaseEvent,
  DatabaseRefusal
> = {
  ...database,
  type: "database",
  upcasters: {},
  snapshotSchema: 1,
  closedBy: "DatabaseTombstoned",
  // A database comes back with its first instance.
  reopenedBy: ["DatabaseInstanceRegistered", "DatabaseRollUpRequested"],
};

/** Events that the process manager reacts to. */
const followedUp: ReadonlySet<DatabaseEvent["type"]> = new Set<DatabaseEvent["type"]>([
  "DatabaseRegistered",
  "DatabaseRestored",
  "DatabaseDeregistered",
  "DatabaseTenantsUpdated",
  "DatabaseHealthChanged",
  "DatabaseDataMarkedStale",
  "DatabaseDataMarkedInSync",
  "DatabaseInstanceRegistered",
  "DatabaseInstanceSystemReplicationChanged",
  "DatabaseInstanceDeregistered",
]);

export class DatabaseObject extends AggregateObject<
  DatabaseAggregate,
  DatabaseCommand,
  DatabaseEvent,
  DatabaseRefusal
> {
  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env, databaseDefinition);
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

/** How each event changes what is known of a database. */
import { type InstanceName, isSameInstance } from "../instance.ts";
import type { DatabaseEvent } from "./events.ts";
import { type DatabaseAggregate, type DatabaseInstance, replicationOf } from "./state.ts";

function withInstance(
  state: DatabaseAggregate,
  name: InstanceName,
  changed: Partial<DatabaseInstance>,
): DatabaseAggregate {
  const instances = state.instances.map((instance) =>
    isSameInstance(instance, name) ? { ...instance, ...changed } : instance,
  );
  return { ...state, instances };
}

function withoutInstance(state: DatabaseAggregate, name: InstanceName): DatabaseAggregate {
  return { ...state, instances: state.instances.filter((instance) => !isSameInstance(instance, name)) };
}

export function evolveDatabase(state: DatabaseAggregate, event: DatabaseEvent): DatabaseAggregate {
  switch (event.type) {
    case "DatabaseRegistered": {
      const { database_id, sid, health } = event.data;
      return { ...state, database_id, sid, health };
    }
    case "DatabaseInstanceRegistered": {
      const { sid, host_id, instance_number, features, status } = event.data;
      const registered: DatabaseInstance = {
        sid,
        host_id,
        instance_number,
        features,
        status,
        ...replicationOf(event.data),
        absent_at: null,
        stale_at: null,
      };
      // A restored database may have kept the instance that registers anew.
      const { instances } = withoutInstance(state, event.data);
      return { ...state, instances: [...instances, registered] };
    }
    case "DatabaseTenantsUpdated":
      return { ...state, tenants: event.data.tenants };
    case "DatabaseInstanceStatusChanged":
      return withInstance(state, event.data, { status: event.data.status });
    case "DatabaseInstanceSystemReplicationChanged":
      return withInstance(state, event.data, replicationOf(event.data));
    case "DatabaseHealthChanged":
      return { ...state, health: event.data.health };
    case "DatabaseInstanceMarkedAbsent":
      return withInstance(state, event.data, { absent_at: event.data.absent_at });
    case "DatabaseInstanceMarkedPresent":
      return withInstance(state, event.data, { absent_at: null });
    case "DatabaseInstanceDataMarkedStale":
      return withInstance(state, event.data, { stale_at: event.data.stale_at });
    case "DatabaseInstanceDataMarkedInSync":
      return withInstance(state, event.data, { stale_at: null });
    case "DatabaseDataMarkedStale":
      return { ...state, stale_at: event.data.stale_at };
    case "DatabaseDataMarkedInSync":
      return { ...state, stale_at: null };
    case "DatabaseInstanceDeregistered":
      return withoutInstance(state, event.data);
    case "DatabaseDeregistered":
      return { ...state, deregistered_at: event.data.deregistered_at };
    case "DatabaseRestored":
      return { ...state, deregistered_at: null, health: event.data.health };
    case "DatabaseRollUpRequested":
      return { ...state, rolling_up: true };
    case "DatabaseRolledUp":
      return event.data.snapshot;
    case "DatabaseTombstoned":
      return state;
    default:
      // The compiler proves that no event is forgotten; an event of a newer release, read after a rollback, is let pass.
      event satisfies never;
      return state;
  }
}

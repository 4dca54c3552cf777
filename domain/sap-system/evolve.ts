/** How each event changes what is known of an SAP system. */
import { type InstanceName, isSameInstance } from "../instance.ts";
import type { SapSystemEvent } from "./events.ts";
import type { ApplicationInstance, SapSystemAggregate } from "./state.ts";

function withInstance(
  state: SapSystemAggregate,
  name: InstanceName,
  changed: Partial<ApplicationInstance>,
): SapSystemAggregate {
  const instances = state.instances.map((instance) =>
    isSameInstance(instance, name) ? { ...instance, ...changed } : instance,
  );
  return { ...state, instances };
}

function without(state: SapSystemAggregate, name: InstanceName): readonly ApplicationInstance[] {
  return state.instances.filter((instance) => !isSameInstance(instance, name));
}

export function evolveSapSystem(state: SapSystemAggregate, event: SapSystemEvent): SapSystemAggregate {
  switch (event.type) {
    case "ApplicationInstanceRegistered": {
      const { sap_system_id, sid, host_id, instance_number, features, status } = event.data;
      const registered: ApplicationInstance = {
        sid,
        host_id,
        instance_number,
        features,
        status,
        absent_at: null,
        stale_at: null,
      };
      return { ...state, sap_system_id, instances: [...without(state, event.data), registered] };
    }
    case "ApplicationInstanceMoved": {
      const { instance_number, old_host_id, new_host_id } = event.data;
      return withInstance(state, { instance_number, host_id: old_host_id }, { host_id: new_host_id });
    }
    case "ApplicationInstanceStatusChanged":
      return withInstance(state, event.data, { status: event.data.status });
    case "ApplicationInstanceMarkedAbsent":
      return withInstance(state, event.data, { absent_at: event.data.absent_at });
    case "ApplicationInstanceMarkedPresent":
      return withInstance(state, event.data, { absent_at: null });
    case "ApplicationInstanceDataMarkedStale":
      return withInstance(state, event.data, { stale_at: event.data.stale_at });
    case "ApplicationInstanceDataMarkedInSync":
      return withInstance(state, event.data, { stale_at: null });
    case "ApplicationInstanceDeregistered":
      return { ...state, instances: without(state, event.data) };
    case "SapSystemRegistered": {
      const { sap_system_id, sid, health, database_health, database_stale_at, ensa_version } = event.data;
      const { database_id, tenant, db_host } = event.data;
      return {
        ...state,
        sap_system_id,
        sid,
        health,
        database: { database_id, tenant, db_host },
        database_health,
        database_stale_at,
        ensa_version,
      };
    }
    case "SapSystemUpdated":
      return { ...state, ensa_version: event.data.ensa_version };
    case "SapSystemHealthChanged":
      return { ...state, health: event.data.health };
    case "SapSystemDatabaseHealthChanged":
      return { ...state, database_health: event.data.database_health };
    case "SapSystemDatabaseStaleAtChanged":
      return { ...state, database_stale_at: event.data.database_stale_at };
    case "SapSystemDataMarkedStale":
      return { ...state, stale_at: event.data.stale_at };
    case "SapSystemDataMarkedInSync":
      return { ...state, stale_at: null };
    case "SapSystemDeregistered":
      return { ...state, deregistered_at: event.data.deregistered_at };
    case "SapSystemRestored": {
      const { health, database_health, database_stale_at, tenant, db_host } = event.data;
      const database = state.database && { ...state.database, tenant, db_host };
      return { ...state, deregistered_at: null, health, database, database_health, database_stale_at };
    }
    case "SapSystemRollUpRequested":
      return { ...state, rolling_up: true };
    case "SapSystemRolledUp":
      return event.data.snapshot;
    case "SapSystemTombstoned":
      return state;
    default:
      // The compiler proves that no event is forgotten; an event of a newer release, read after a rollback, is let pass.
      event satisfies never;
      return state;
  }
}

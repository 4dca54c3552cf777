/** What an SAP system answers to a command. */
import { accept, type Decision, refuse } from "../decider.ts";
import { isSameInstance } from "../instance.ts";
import type {
  DeregisterApplicationInstance,
  MarkApplicationInstanceAbsent,
  MarkApplicationInstanceDataStale,
  RestoreSapSystem,
  SapSystemCommand,
  SapSystemRefusal,
  UpdateDatabaseHealth,
  UpdateDatabaseStaleAt,
} from "./commands.ts";
import { isInSync, makeSystem } from "./composition.ts";
import { decideRegistration, healthChange, synchronisation } from "./decide-registration.ts";
import type { SapSystemEvent } from "./events.ts";
import { evolveSapSystem } from "./evolve.ts";
import type { SapSystemAggregate } from "./state.ts";

type Answer = Decision<SapSystemEvent, SapSystemRefusal>;

/** Rule 8. */
function absence({ data }: MarkApplicationInstanceAbsent, state: SapSystemAggregate): SapSystemEvent[] {
  const instance = state.instances.find((one) => isSameInstance(one, data));
  if (instance === undefined || instance.absent_at !== null) return [];
  return [{ type: "ApplicationInstanceMarkedAbsent", data }];
}

/** Rule 8: the system is stale since its first part is. */
function staleness({ data }: MarkApplicationInstanceDataStale, state: SapSystemAggregate): SapSystemEvent[] {
  const { sap_system_id, stale_at } = data;
  const instance = state.instances.find((one) => isSameInstance(one, data));
  if (instance === undefined || instance.stale_at !== null) return [];
  const events: SapSystemEvent[] = [{ type: "ApplicationInstanceDataMarkedStale", data }];
  if (state.stale_at === null)
    events.push({ type: "SapSystemDataMarkedStale", data: { sap_system_id, stale_at } });
  return events;
}

/** Rule 8, for the database below. */
function databaseStaleness({ data }: UpdateDatabaseStaleAt, state: SapSystemAggregate): SapSystemEvent[] {
  const { sap_system_id, database_stale_at } = data;
  if (state.database_stale_at === database_stale_at) return [];
  const after = { ...state, database_stale_at };
  const events: SapSystemEvent[] = [{ type: "SapSystemDatabaseStaleAtChanged", data }];
  if (database_stale_at !== null && state.stale_at === null) {
    events.push({ type: "SapSystemDataMarkedStale", data: { sap_system_id, stale_at: database_stale_at } });
  }
  if (database_stale_at === null && state.stale_at !== null && isInSync(after)) {
    events.push({ type: "SapSystemDataMarkedInSync", data: { sap_system_id } });
  }
  return events;
}

/** Rule 9. */
function databaseHealth({ data }: UpdateDatabaseHealth, state: SapSystemAggregate): SapSystemEvent[] {
  if (state.database_health === data.database_health) return [];
  const changed: SapSystemEvent = { type: "SapSystemDatabaseHealthChanged", data };
  return [changed, ...healthChange(data.sap_system_id, evolveSapSystem(state, changed))];
}

/** Rule 10. */
function removal({ data }: DeregisterApplicationInstance, before: SapSystemAggregate): Answer {
  const { sap_system_id, deregistered_at } = data;
  if (!before.instances.some((instance) => isSameInstance(instance, data)))
    return refuse("application_instance_not_registered");
  const removed: SapSystemEvent = { type: "ApplicationInstanceDeregistered", data };
  const state = evolveSapSystem(before, removed);
  const events = [removed, ...synchronisation(sap_system_id, state)];
  if (state.sid !== null && state.deregistered_at === null && !makeSystem(state.instances))
    events.push({ type: "SapSystemDeregistered", data: { sap_system_id, deregistered_at } });
  if (state.instances.length === 0) events.push({ type: "SapSystemTombstoned", data: { sap_system_id } });
  return accept(...events);
}

/** Rule 12: the database is back, and with it what its deregistration took away. */
function restoration({ data }: RestoreSapSystem, state: SapSystemAggregate): SapSystemEvent[] {
  const { sap_system_id, tenant, db_host, database_health } = data;
  if (state.deregistered_at === null || !makeSystem(state.instances)) return [];
  const { health } = state;
  const restored: SapSystemEvent = {
    type: "SapSystemRestored",
    data: { sap_system_id, tenant, db_host, health, database_health, database_stale_at: null },
  };
  return [restored, ...healthChange(sap_system_id, evolveSapSystem(state, restored))];
}

export function decideSapSystem(command: SapSystemCommand, state: SapSystemAggregate): Answer {
  const { sap_system_id } = command.data;
  if (state.rolling_up) return refuse("sap_system_rolling_up");
  if (command.type === "RegisterApplicationInstance") return accept(...decideRegistration(command, state));
  if (state.sap_system_id === null) return refuse("sap_system_not_registered");
  switch (command.type) {
    case "MarkApplicationInstanceAbsent":
      return accept(...absence(command, state));
    case "MarkApplicationInstanceDataStale":
      return accept(...staleness(command, state));
    case "DeregisterApplicationInstance":
      return removal(command, state);
    case "RestoreSapSystem":
      return accept(...restoration(command, state));
    case "RollUpSapSystem":
      return accept<SapSystemEvent>({
        type: "SapSystemRollUpRequested",
        data: { sap_system_id, snapshot: state },
      });
    default:
      break;
  }
  if (state.deregistered_at !== null) return refuse("sap_system_not_registered");
  switch (command.type) {
    case "UpdateDatabaseHealth":
      return accept(...databaseHealth(command, state));
    case "UpdateDatabaseStaleAt":
      return accept(...databaseStaleness(command, state));
    case "DeregisterSapSystem": {
      // Instances alone are no system that could be taken away.
      if (state.sid === null) return refuse("sap_system_not_registered");
      return accept<SapSystemEvent>({ type: "SapSystemDeregistered", data: command.data });
    }
  }
}

/** Registration of application instances (rules 2, 3, 5, 6, 7 and 12). */
import { healthOfStatus, isSameInstance } from "../instance.ts";
import type { RegisterApplicationInstance } from "./commands.ts";
import { isInSync, makeSystem, sapSystemHealth } from "./composition.ts";
import type { SapSystemEvent } from "./events.ts";
import { evolveSapSystem } from "./evolve.ts";
import type { ApplicationInstance, SapSystemAggregate } from "./state.ts";

function registered({ data }: RegisterApplicationInstance): SapSystemEvent {
  return {
    type: "ApplicationInstanceRegistered",
    data: {
      sap_system_id: data.sap_system_id,
      sid: data.sid,
      host_id: data.host_id,
      instance_number: data.instance_number,
      instance_hostname: data.instance_hostname,
      features: data.features,
      http_port: data.http_port,
      https_port: data.https_port,
      start_priority: data.start_priority,
      status: data.status,
    },
  };
}

/** Rule 6: an instance that a cluster moves keeps its number and features. Any other is a second one of that number. */
function arrival(command: RegisterApplicationInstance, { instances }: SapSystemAggregate): SapSystemEvent {
  const { sap_system_id, host_id, instance_number, features, clustered } = command.data;
  const elsewhere = instances.find(
    (one) => one.instance_number === instance_number && one.features === features,
  );
  if (!clustered || elsewhere === undefined) return registered(command);
  return {
    type: "ApplicationInstanceMoved",
    data: { sap_system_id, instance_number, old_host_id: elsewhere.host_id, new_host_id: host_id },
  };
}

function refresh(
  { data }: RegisterApplicationInstance,
  known: ApplicationInstance | undefined,
): SapSystemEvent[] {
  const { sap_system_id, host_id, instance_number } = data;
  const name = { sap_system_id, host_id, instance_number };
  const events: SapSystemEvent[] = [];
  if (known !== undefined && known.absent_at !== null)
    events.push({ type: "ApplicationInstanceMarkedPresent", data: name });
  if (known !== undefined && known.stale_at !== null)
    events.push({ type: "ApplicationInstanceDataMarkedInSync", data: name });
  return events;
}

function statusChange({ data }: RegisterApplicationInstance, state: SapSystemAggregate): SapSystemEvent[] {
  const { sap_system_id, host_id, instance_number, status } = data;
  const instance = state.instances.find((one) => isSameInstance(one, data));
  if (instance === undefined || instance.status === status) return [];
  return [
    {
      type: "ApplicationInstanceStatusChanged",
      data: { sap_system_id, host_id, instance_number, status },
    },
  ];
}

/** Rules 3 and 7. */
function completion({ data }: RegisterApplicationInstance, state: SapSystemAggregate): SapSystemEvent[] {
  const { sap_system_id, sid, database_id, tenant, db_host, ensa_version } = data;
  if (state.sid !== null) {
    const isNews = ensa_version !== "no_ensa" && ensa_version !== state.ensa_version;
    return isNews ? [{ type: "SapSystemUpdated", data: { sap_system_id, ensa_version } }] : [];
  }
  if (!makeSystem(state.instances)) return [];
  const { database_health, database_stale_at } = data;
  return [
    {
      type: "SapSystemRegistered",
      data: {
        sap_system_id,
        sid,
        database_id,
        tenant,
        db_host,
        health: healthOfStatus(data.status),
        database_health,
        database_stale_at,
        ensa_version,
      },
    },
  ];
}

/** Rule 12. */
function restoration({ data }: RegisterApplicationInstance, state: SapSystemAggregate): SapSystemEvent[] {
  const { sap_system_id, tenant, db_host, database_health, database_stale_at, status } = data;
  if (!makeSystem(state.instances)) return [];
  return [
    {
      type: "SapSystemRestored",
      data: {
        sap_system_id,
        tenant,
        db_host,
        health: healthOfStatus(status),
        database_health,
        database_stale_at,
      },
    },
  ];
}

/** The system as a whole is in sync when the last of its parts is. */
export function synchronisation(sap_system_id: string, state: SapSystemAggregate): SapSystemEvent[] {
  if (state.stale_at === null || !isInSync(state)) return [];
  return [{ type: "SapSystemDataMarkedInSync", data: { sap_system_id } }];
}

/** Rule 4: not told while there is no system, or no longer one. */
export function healthChange(sap_system_id: string, state: SapSystemAggregate): SapSystemEvent[] {
  const health = sapSystemHealth(state);
  if (state.sid === null || state.deregistered_at !== null || health === state.health) return [];
  return [{ type: "SapSystemHealthChanged", data: { sap_system_id, health } }];
}

/** Decides step by step, in the order of rule 5: each step sees the events of those before it. */
export function decideRegistration(
  command: RegisterApplicationInstance,
  before: SapSystemAggregate,
): SapSystemEvent[] {
  const { sap_system_id } = command.data;
  const known = before.instances.find((instance) => isSameInstance(instance, command.data));
  const isGone = before.deregistered_at !== null;
  const steps: readonly ((state: SapSystemAggregate) => readonly SapSystemEvent[])[] = [
    (state) => (known === undefined ? [arrival(command, state)] : []),
    () => refresh(command, known),
    (state) => (isGone ? restoration(command, state) : statusChange(command, state)),
    (state) => (isGone ? [] : completion(command, state)),
    (state) => synchronisation(sap_system_id, state),
    (state) => healthChange(sap_system_id, state),
  ];
  const events: SapSystemEvent[] = [];
  let state = before;
  for (const step of steps) {
    const happened = step(state);
    events.push(...happened);
    state = happened.reduce(evolveSapSystem, state);
  }
  return events;
}

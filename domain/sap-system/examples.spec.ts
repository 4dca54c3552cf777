/** Examples that the specifications of the SAP system share; there is no test in here. */
import type { Health } from "../health.ts";
import type { InstanceName, InstanceStatus } from "../instance.ts";
import type { SapSystemCommand, SapSystemEvent } from "./index.ts";
import { type EnsaVersion, initialSapSystem } from "./state.ts";

export type CommandOf<Type extends SapSystemCommand["type"]> = Extract<SapSystemCommand, { type: Type }>;
export type EventOf<Type extends SapSystemEvent["type"]> = Extract<SapSystemEvent, { type: Type }>;

export const sap_system_id = "29bc36ac-ab0b-5eb8-a4ee-20bcb3bdb61d";
export const database_id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
export const host_a = "9cd46919-5f19-59aa-993e-cf3736c71053";
export const host_b = "0a055c90-4cb6-54ce-ac9c-ae3fedaf40d4";
export const host_c = "b767b3e9-e802-587e-a442-541d093b86b9";
export const host_d = "fb2c6b8a-9915-5969-a6b7-8b5a42de1971";

export const absent_at = "2026-01-02T00:00:00.000Z";
export const stale_at = "2026-01-03T00:00:00.000Z";
export const later = "2026-01-04T00:00:00.000Z";
export const deregistered_at = "2026-01-05T00:00:00.000Z";

/** The message server, the enqueue replicator and the application server of one system. */
export const ascs = { host_id: host_a, instance_number: "00", features: "MESSAGESERVER|ENQUE" };
export const ers = { host_id: host_b, instance_number: "10", features: "ENQREP" };
export const pas = { host_id: host_c, instance_number: "01", features: "ABAP|GATEWAY|ICMAN|IGS" };
export const java = { host_id: host_d, instance_number: "02", features: "J2EE|IGS" };

const instance: EventOf<"ApplicationInstanceRegistered">["data"] = {
  sap_system_id,
  sid: "PRD",
  ...pas,
  instance_hostname: "sapapp01",
  http_port: 50113,
  https_port: 50114,
  start_priority: "3",
  status: "green",
};
const system: EventOf<"SapSystemRegistered">["data"] = {
  sap_system_id,
  sid: "PRD",
  database_id,
  tenant: "PRD",
  db_host: "10.1.1.4",
  health: "passing",
  database_health: "passing",
  database_stale_at: null,
  ensa_version: "no_ensa",
};

export function nameOf({ host_id, instance_number }: InstanceName) {
  return { sap_system_id, host_id, instance_number };
}

export function register(
  changes: Partial<CommandOf<"RegisterApplicationInstance">["data"]> = {},
): CommandOf<"RegisterApplicationInstance"> {
  const { health, ...link } = system;
  return {
    type: "RegisterApplicationInstance",
    data: { ...link, ...instance, clustered: false, ...changes },
  };
}
export function markAbsent(
  one: InstanceName = pas,
  at: string = absent_at,
): CommandOf<"MarkApplicationInstanceAbsent"> {
  return { type: "MarkApplicationInstanceAbsent", data: { ...nameOf(one), absent_at: at } };
}
export function markStale(
  one: InstanceName = pas,
  at: string = stale_at,
): CommandOf<"MarkApplicationInstanceDataStale"> {
  return { type: "MarkApplicationInstanceDataStale", data: { ...nameOf(one), stale_at: at } };
}
export function deregister(one: InstanceName = pas): CommandOf<"DeregisterApplicationInstance"> {
  return { type: "DeregisterApplicationInstance", data: { ...nameOf(one), deregistered_at } };
}
export const deregisterSystem: CommandOf<"DeregisterSapSystem"> = {
  type: "DeregisterSapSystem",
  data: { sap_system_id, deregistered_at },
};
export function restore(database_health: Health = "passing"): CommandOf<"RestoreSapSystem"> {
  return {
    type: "RestoreSapSystem",
    data: { sap_system_id, tenant: "PRD", db_host: "10.1.1.4", database_health },
  };
}
export function updateDatabaseHealth(database_health: Health): CommandOf<"UpdateDatabaseHealth"> {
  return { type: "UpdateDatabaseHealth", data: { sap_system_id, database_health } };
}
export function updateDatabaseStaleAt(database_stale_at: string | null): CommandOf<"UpdateDatabaseStaleAt"> {
  return { type: "UpdateDatabaseStaleAt", data: { sap_system_id, database_stale_at } };
}
export const rollUp: CommandOf<"RollUpSapSystem"> = { type: "RollUpSapSystem", data: { sap_system_id } };

/** One command of each type. */
export const everyCommand: readonly SapSystemCommand[] = [
  register(),
  markAbsent(),
  markStale(),
  deregister(),
  deregisterSystem,
  restore(),
  updateDatabaseHealth("critical"),
  updateDatabaseStaleAt(stale_at),
  rollUp,
];

export function instanceRegistered(
  changes: Partial<EventOf<"ApplicationInstanceRegistered">["data"]> = {},
): SapSystemEvent {
  return { type: "ApplicationInstanceRegistered", data: { ...instance, ...changes } };
}
export function moved(one: InstanceName, new_host_id: string): SapSystemEvent {
  const { instance_number, host_id: old_host_id } = one;
  return {
    type: "ApplicationInstanceMoved",
    data: { sap_system_id, instance_number, old_host_id, new_host_id },
  };
}
export function statusChanged(status: InstanceStatus, one: InstanceName = pas): SapSystemEvent {
  return { type: "ApplicationInstanceStatusChanged", data: { ...nameOf(one), status } };
}
export function markedAbsent(one: InstanceName = pas): SapSystemEvent {
  return { type: "ApplicationInstanceMarkedAbsent", data: { ...nameOf(one), absent_at } };
}
export function markedPresent(one: InstanceName = pas): SapSystemEvent {
  return { type: "ApplicationInstanceMarkedPresent", data: nameOf(one) };
}
export function instanceStale(one: InstanceName = pas, at: string = stale_at): SapSystemEvent {
  return { type: "ApplicationInstanceDataMarkedStale", data: { ...nameOf(one), stale_at: at } };
}
export function instanceInSync(one: InstanceName = pas): SapSystemEvent {
  return { type: "ApplicationInstanceDataMarkedInSync", data: nameOf(one) };
}
export function instanceDeregistered(one: InstanceName = pas): SapSystemEvent {
  return { type: "ApplicationInstanceDeregistered", data: { ...nameOf(one), deregistered_at } };
}
export function systemRegistered(
  changes: Partial<EventOf<"SapSystemRegistered">["data"]> = {},
): SapSystemEvent {
  return { type: "SapSystemRegistered", data: { ...system, ...changes } };
}
export function ensaUpdated(ensa_version: EnsaVersion): SapSystemEvent {
  return { type: "SapSystemUpdated", data: { sap_system_id, ensa_version } };
}
export function healthChanged(health: Health): SapSystemEvent {
  return { type: "SapSystemHealthChanged", data: { sap_system_id, health } };
}
export function databaseHealthChanged(database_health: Health): SapSystemEvent {
  return { type: "SapSystemDatabaseHealthChanged", data: { sap_system_id, database_health } };
}
export function databaseStaleAtChanged(database_stale_at: string | null): SapSystemEvent {
  return { type: "SapSystemDatabaseStaleAtChanged", data: { sap_system_id, database_stale_at } };
}
export function systemStale(at: string = stale_at): SapSystemEvent {
  return { type: "SapSystemDataMarkedStale", data: { sap_system_id, stale_at: at } };
}
export const systemInSync: SapSystemEvent = { type: "SapSystemDataMarkedInSync", data: { sap_system_id } };
export const systemDeregistered: SapSystemEvent = {
  type: "SapSystemDeregistered",
  data: { sap_system_id, deregistered_at },
};
export const systemTombstoned: SapSystemEvent = { type: "SapSystemTombstoned", data: { sap_system_id } };
export function systemRestored(changes: Partial<EventOf<"SapSystemRestored">["data"]> = {}): SapSystemEvent {
  const { tenant, db_host, health, database_health, database_stale_at } = system;
  const data = { sap_system_id, tenant, db_host, health, database_health, database_stale_at };
  return { type: "SapSystemRestored", data: { ...data, ...changes } };
}
export const rollUpRequested: SapSystemEvent = {
  type: "SapSystemRollUpRequested",
  data: { sap_system_id, snapshot: { ...initialSapSystem, sap_system_id } },
};

/** A message server alone, which is no system yet. */
export const incomplete = [instanceRegistered(ascs)];
/** A message server and an application server. */
export const complete = [...incomplete, instanceRegistered(pas), systemRegistered()];
/** Its database went away: its instances are there still. */
export const withoutDatabase = [...complete, systemDeregistered];
/** Its application server was removed: the message server is there still. */
export const withoutServer = [...complete, instanceDeregistered(pas), systemDeregistered];
/** All that happened to a system of which nothing is left. */
export const gone = [...withoutServer, instanceDeregistered(ascs), systemTombstoned];

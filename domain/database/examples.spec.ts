/** Examples that the specifications of the database share; there is no test in here. */
import type { Health } from "../health.ts";
import type { InstanceStatus } from "../instance.ts";
import type { DatabaseCommand, DatabaseEvent } from "./index.ts";
import { initialDatabase, type SystemReplication, type Tenant } from "./state.ts";

export type CommandOf<Type extends DatabaseCommand["type"]> = Extract<DatabaseCommand, { type: Type }>;
export type EventOf<Type extends DatabaseEvent["type"]> = Extract<DatabaseEvent, { type: Type }>;

export const database_id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
export const host_a = "9cd46919-5f19-59aa-993e-cf3736c71053";
export const host_b = "0a055c90-4cb6-54ce-ac9c-ae3fedaf40d4";
export const host_c = "b767b3e9-e802-587e-a442-541d093b86b9";
export const tenants: readonly Tenant[] = [{ name: "PRD" }, { name: "QAS" }];

export const absent_at = "2026-01-02T00:00:00.000Z";
export const stale_at = "2026-01-03T00:00:00.000Z";
export const later = "2026-01-04T00:00:00.000Z";
export const deregistered_at = "2026-01-05T00:00:00.000Z";

/** An instance that does not take part in system replication. */
export const alone: SystemReplication = {
  system_replication: null,
  system_replication_status: null,
  system_replication_site: null,
  system_replication_site_id: null,
  system_replication_mode: null,
  system_replication_operation_mode: null,
  system_replication_source_site: null,
  system_replication_tier: null,
};

export const primary: SystemReplication = {
  system_replication: "Primary",
  system_replication_status: "ACTIVE",
  system_replication_site: "Walldorf",
  system_replication_site_id: 1,
  system_replication_mode: "primary",
  system_replication_operation_mode: "primary",
  system_replication_source_site: null,
  system_replication_tier: 1,
};

/** Differs from the primary in all of the eight fields. */
export const secondary: SystemReplication = {
  system_replication: "Secondary",
  system_replication_status: null,
  system_replication_site: "Rot",
  system_replication_site_id: 2,
  system_replication_mode: "sync",
  system_replication_operation_mode: "logreplay",
  system_replication_source_site: "Walldorf",
  system_replication_tier: 2,
};

const instance: EventOf<"DatabaseInstanceRegistered">["data"] = {
  database_id,
  sid: "HDB",
  host_id: host_a,
  instance_number: "00",
  instance_hostname: "hana01",
  features: "HDB|HDB_WORKER",
  http_port: 50013,
  https_port: 50014,
  start_priority: "0.3",
  ...alone,
  status: "green",
};

export function nameOf(host_id: string = host_a, instance_number: string = "00") {
  return { database_id, host_id, instance_number };
}

export function register(
  changes: Partial<CommandOf<"RegisterDatabaseInstance">["data"]> = {},
): CommandOf<"RegisterDatabaseInstance"> {
  const data = { ...instance, tenants, system_replication_active_primary_site: null };
  return { type: "RegisterDatabaseInstance", data: { ...data, ...changes } };
}
export function markAbsent(host_id?: string): CommandOf<"MarkDatabaseInstanceAbsent"> {
  return { type: "MarkDatabaseInstanceAbsent", data: { ...nameOf(host_id), absent_at } };
}
export function markStale(
  host_id?: string,
  at: string = stale_at,
): CommandOf<"MarkDatabaseInstanceDataStale"> {
  return { type: "MarkDatabaseInstanceDataStale", data: { ...nameOf(host_id), stale_at: at } };
}
export function deregister(host_id?: string): CommandOf<"DeregisterDatabaseInstance"> {
  return { type: "DeregisterDatabaseInstance", data: { ...nameOf(host_id), deregistered_at } };
}
export const rollUp: CommandOf<"RollUpDatabase"> = { type: "RollUpDatabase", data: { database_id } };

/** One command of each type. */
export const everyCommand: readonly DatabaseCommand[] = [
  register(),
  markAbsent(),
  markStale(),
  deregister(),
  rollUp,
];

export function databaseRegistered(health: Health = "passing"): DatabaseEvent {
  return { type: "DatabaseRegistered", data: { database_id, sid: "HDB", health } };
}
export function instanceRegistered(
  changes: Partial<EventOf<"DatabaseInstanceRegistered">["data"]> = {},
): DatabaseEvent {
  return { type: "DatabaseInstanceRegistered", data: { ...instance, ...changes } };
}
export function tenantsUpdated(
  now: readonly Tenant[] = tenants,
  previous_tenants: readonly Tenant[] = [],
): DatabaseEvent {
  return { type: "DatabaseTenantsUpdated", data: { database_id, tenants: now, previous_tenants } };
}
export function statusChanged(status: InstanceStatus, host_id?: string): DatabaseEvent {
  return { type: "DatabaseInstanceStatusChanged", data: { ...nameOf(host_id), status } };
}
export function replicationChanged(replication: SystemReplication, host_id?: string): DatabaseEvent {
  return {
    type: "DatabaseInstanceSystemReplicationChanged",
    data: { ...nameOf(host_id), ...replication },
  };
}
export function healthChanged(health: Health): DatabaseEvent {
  return { type: "DatabaseHealthChanged", data: { database_id, health } };
}
export function markedAbsent(host_id?: string): DatabaseEvent {
  return { type: "DatabaseInstanceMarkedAbsent", data: { ...nameOf(host_id), absent_at } };
}
export function markedPresent(host_id?: string): DatabaseEvent {
  return { type: "DatabaseInstanceMarkedPresent", data: nameOf(host_id) };
}
export function instanceStale(host_id?: string, at: string = stale_at): DatabaseEvent {
  return { type: "DatabaseInstanceDataMarkedStale", data: { ...nameOf(host_id), stale_at: at } };
}
export function instanceInSync(host_id?: string): DatabaseEvent {
  return { type: "DatabaseInstanceDataMarkedInSync", data: nameOf(host_id) };
}
export const databaseStale: DatabaseEvent = {
  type: "DatabaseDataMarkedStale",
  data: { database_id, stale_at },
};
export const databaseInSync: DatabaseEvent = { type: "DatabaseDataMarkedInSync", data: { database_id } };
export function instanceDeregistered(host_id?: string): DatabaseEvent {
  return { type: "DatabaseInstanceDeregistered", data: { ...nameOf(host_id), deregistered_at } };
}
export const databaseDeregistered: DatabaseEvent = {
  type: "DatabaseDeregistered",
  data: { database_id, deregistered_at },
};
export const databaseTombstoned: DatabaseEvent = { type: "DatabaseTombstoned", data: { database_id } };
export function databaseRestored(health: Health = "passing"): DatabaseEvent {
  return { type: "DatabaseRestored", data: { database_id, health } };
}
export const rollUpRequested: DatabaseEvent = {
  type: "DatabaseRollUpRequested",
  data: { database_id, snapshot: { ...initialDatabase, database_id } },
};

/** A database of one instance on host a. */
export const single = [databaseRegistered(), instanceRegistered(), tenantsUpdated()];
/** Two instances that know nothing of each other, on hosts a and b. */
export const pair = [...single, instanceRegistered({ host_id: host_b })];
/** A primary on host a and its secondary on host b. */
export const replicated = [
  databaseRegistered(),
  instanceRegistered(primary),
  tenantsUpdated(),
  instanceRegistered({ host_id: host_b, ...secondary }),
];
/** All that happened to a database of which nothing is left. */
export const gone = [...single, instanceDeregistered(), databaseDeregistered, databaseTombstoned];
/** The primary was removed, which left its secondary behind. */
export const headless = [...replicated, instanceDeregistered(), databaseDeregistered];

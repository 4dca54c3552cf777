/** What can happen to an SAP system. */
import type { DomainEvent } from "../decider.ts";
import type { Health } from "../health.ts";
import type { InstanceName, InstanceStatus } from "../instance.ts";
import type { InstanceDescription } from "./commands.ts";
import type { DatabaseLink, EnsaVersion, SapSystemAggregate } from "./state.ts";

type SapSystemFact<Type extends string, Data = unknown> = DomainEvent<
  Type,
  { readonly sap_system_id: string } & Data
>;
type InstanceFact<Type extends string, Data = unknown> = SapSystemFact<Type, InstanceName & Data>;

export type ApplicationInstanceRegistered = InstanceFact<
  "ApplicationInstanceRegistered",
  InstanceDescription & {
    readonly sid: string;
    readonly features: string;
    readonly status: InstanceStatus;
  }
>;
export type ApplicationInstanceMoved = SapSystemFact<
  "ApplicationInstanceMoved",
  { readonly instance_number: string; readonly old_host_id: string; readonly new_host_id: string }
>;
export type ApplicationInstanceStatusChanged = InstanceFact<
  "ApplicationInstanceStatusChanged",
  { readonly status: InstanceStatus }
>;
export type ApplicationInstanceMarkedAbsent = InstanceFact<
  "ApplicationInstanceMarkedAbsent",
  { readonly absent_at: string }
>;
export type ApplicationInstanceMarkedPresent = InstanceFact<"ApplicationInstanceMarkedPresent">;
export type ApplicationInstanceDataMarkedStale = InstanceFact<
  "ApplicationInstanceDataMarkedStale",
  { readonly stale_at: string }
>;
export type ApplicationInstanceDataMarkedInSync = InstanceFact<"ApplicationInstanceDataMarkedInSync">;
export type ApplicationInstanceDeregistered = InstanceFact<
  "ApplicationInstanceDeregistered",
  { readonly deregistered_at: string }
>;
export type SapSystemRegistered = SapSystemFact<
  "SapSystemRegistered",
  DatabaseLink & {
    readonly sid: string;
    readonly health: Health;
    readonly database_health: Health;
    readonly database_stale_at: string | null;
    readonly ensa_version: EnsaVersion;
  }
>;
export type SapSystemUpdated = SapSystemFact<"SapSystemUpdated", { readonly ensa_version: EnsaVersion }>;
export type SapSystemHealthChanged = SapSystemFact<"SapSystemHealthChanged", { readonly health: Health }>;
export type SapSystemDatabaseHealthChanged = SapSystemFact<
  "SapSystemDatabaseHealthChanged",
  { readonly database_health: Health }
>;
export type SapSystemDatabaseStaleAtChanged = SapSystemFact<
  "SapSystemDatabaseStaleAtChanged",
  { readonly database_stale_at: string | null }
>;
export type SapSystemDataMarkedStale = SapSystemFact<
  "SapSystemDataMarkedStale",
  { readonly stale_at: string }
>;
export type SapSystemDataMarkedInSync = SapSystemFact<"SapSystemDataMarkedInSync">;
export type SapSystemDeregistered = SapSystemFact<
  "SapSystemDeregistered",
  { readonly deregistered_at: string }
>;
export type SapSystemTombstoned = SapSystemFact<"SapSystemTombstoned">;
export type SapSystemRestored = SapSystemFact<
  "SapSystemRestored",
  Pick<DatabaseLink, "tenant" | "db_host"> & {
    readonly health: Health;
    readonly database_health: Health;
    readonly database_stale_at: string | null;
  }
>;
export type SapSystemRollUpRequested = SapSystemFact<
  "SapSystemRollUpRequested",
  { readonly snapshot: SapSystemAggregate }
>;
export type SapSystemRolledUp = SapSystemFact<"SapSystemRolledUp", { readonly snapshot: SapSystemAggregate }>;

export type SapSystemEvent =
  | ApplicationInstanceRegistered
  | ApplicationInstanceMoved
  | ApplicationInstanceStatusChanged
  | ApplicationInstanceMarkedAbsent
  | ApplicationInstanceMarkedPresent
  | ApplicationInstanceDataMarkedStale
  | ApplicationInstanceDataMarkedInSync
  | ApplicationInstanceDeregistered
  | SapSystemRegistered
  | SapSystemUpdated
  | SapSystemHealthChanged
  | SapSystemDatabaseHealthChanged
  | SapSystemDatabaseStaleAtChanged
  | SapSystemDataMarkedStale
  | SapSystemDataMarkedInSync
  | SapSystemDeregistered
  | SapSystemTombstoned
  | SapSystemRestored
  | SapSystemRollUpRequested
  | SapSystemRolledUp;

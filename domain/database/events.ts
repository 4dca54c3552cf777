/** What can happen to a database. */
import type { DomainEvent } from "../decider.ts";
import type { Health } from "../health.ts";
import type { InstanceName, InstanceStatus } from "../instance.ts";
import type { InstanceDescription } from "./commands.ts";
import type { DatabaseAggregate, SystemReplication, Tenant } from "./state.ts";

type DatabaseFact<Type extends string, Data = unknown> = DomainEvent<
  Type,
  { readonly database_id: string } & Data
>;
type InstanceFact<Type extends string, Data = unknown> = DatabaseFact<Type, InstanceName & Data>;

export type DatabaseRegistered = DatabaseFact<
  "DatabaseRegistered",
  { readonly sid: string; readonly health: Health }
>;
export type DatabaseInstanceRegistered = InstanceFact<
  "DatabaseInstanceRegistered",
  InstanceDescription &
    SystemReplication & {
      readonly sid: string;
      readonly features: string;
      readonly status: InstanceStatus;
    }
>;
export type DatabaseTenantsUpdated = DatabaseFact<
  "DatabaseTenantsUpdated",
  { readonly tenants: readonly Tenant[]; readonly previous_tenants: readonly Tenant[] }
>;
export type DatabaseInstanceStatusChanged = InstanceFact<
  "DatabaseInstanceStatusChanged",
  { readonly status: InstanceStatus }
>;
export type DatabaseInstanceSystemReplicationChanged = InstanceFact<
  "DatabaseInstanceSystemReplicationChanged",
  SystemReplication
>;
export type DatabaseHealthChanged = DatabaseFact<"DatabaseHealthChanged", { readonly health: Health }>;
export type DatabaseInstanceMarkedAbsent = InstanceFact<
  "DatabaseInstanceMarkedAbsent",
  { readonly absent_at: string }
>;
export type DatabaseInstanceMarkedPresent = InstanceFact<"DatabaseInstanceMarkedPresent">;
export type DatabaseInstanceDataMarkedStale = InstanceFact<
  "DatabaseInstanceDataMarkedStale",
  { readonly stale_at: string }
>;
export type DatabaseInstanceDataMarkedInSync = InstanceFact<"DatabaseInstanceDataMarkedInSync">;
export type DatabaseDataMarkedStale = DatabaseFact<"DatabaseDataMarkedStale", { readonly stale_at: string }>;
export type DatabaseDataMarkedInSync = DatabaseFact<"DatabaseDataMarkedInSync">;
export type DatabaseInstanceDeregistered = InstanceFact<
  "DatabaseInstanceDeregistered",
  { readonly deregistered_at: string }
>;
export type DatabaseDeregistered = DatabaseFact<"DatabaseDeregistered", { readonly deregistered_at: string }>;
export type DatabaseTombstoned = DatabaseFact<"DatabaseTombstoned">;
export type DatabaseRestored = DatabaseFact<"DatabaseRestored", { readonly health: Health }>;
export type DatabaseRollUpRequested = DatabaseFact<
  "DatabaseRollUpRequested",
  { readonly snapshot: DatabaseAggregate }
>;
export type DatabaseRolledUp = DatabaseFact<"DatabaseRolledUp", { readonly snapshot: DatabaseAggregate }>;

export type DatabaseEvent =
  | DatabaseRegistered
  | DatabaseInstanceRegistered
  | DatabaseTenantsUpdated
  | DatabaseInstanceStatusChanged
  | DatabaseInstanceSystemReplicationChanged
  | DatabaseHealthChanged
  | DatabaseInstanceMarkedAbsent
  | DatabaseInstanceMarkedPresent
  | DatabaseInstanceDataMarkedStale
  | DatabaseInstanceDataMarkedInSync
  | DatabaseDataMarkedStale
  | DatabaseDataMarkedInSync
  | DatabaseInstanceDeregistered
  | DatabaseDeregistered
  | DatabaseTombstoned
  | DatabaseRestored
  | DatabaseRollUpRequested
  | DatabaseRolledUp;

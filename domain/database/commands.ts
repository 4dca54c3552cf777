/** What can be asked of a database. */
import type { Command } from "../decider.ts";
import type { InstanceName } from "../instance.ts";
import type { DatabaseInstance, Tenant } from "./state.ts";

interface OfDatabase {
  readonly database_id: string;
}
type OfInstance = OfDatabase & InstanceName;

/** What is told of an instance once, at its registration. */
export interface InstanceDescription {
  readonly instance_hostname: string | null;
  readonly http_port: number;
  readonly https_port: number;
  readonly start_priority: string | null;
}

export type RegisterDatabaseInstance = Command<
  "RegisterDatabaseInstance",
  OfDatabase &
    Omit<DatabaseInstance, "absent_at" | "stale_at"> &
    InstanceDescription & {
      readonly tenants: readonly Tenant[];
      /** Id of the site that this one replicates from, as far as it is known: its tier tells that of a secondary. */
      readonly system_replication_active_primary_site: number | null;
    }
>;
export type MarkDatabaseInstanceAbsent = Command<
  "MarkDatabaseInstanceAbsent",
  OfInstance & { readonly absent_at: string }
>;
export type MarkDatabaseInstanceDataStale = Command<
  "MarkDatabaseInstanceDataStale",
  OfInstance & { readonly stale_at: string }
>;
export type DeregisterDatabaseInstance = Command<
  "DeregisterDatabaseInstance",
  OfInstance & { readonly deregistered_at: string }
>;
export type RollUpDatabase = Command<"RollUpDatabase", OfDatabase>;

export type DatabaseCommand =
  | RegisterDatabaseInstance
  | MarkDatabaseInstanceAbsent
  | MarkDatabaseInstanceDataStale
  | DeregisterDatabaseInstance
  | RollUpDatabase;

export type DatabaseRefusal =
  | "database_not_registered"
  | "database_instance_not_registered"
  | "database_rolling_up";
